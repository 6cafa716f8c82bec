import { lenderName } from "../draw.ts";
import { list } from "../phrases.ts";
import { pick, type Rng } from "../random.ts";
import { type Piece, words } from "../template.ts";

const INTO = list`on / on / to / into / in / in / onto / at / with / through / over at`;
const AT = ["on", "on", "on", "at", "in"];
const FROM = ["from", "from", "from", "out of", "out of", "off"];

/** "on aave", "into the savings vault", "from spark": a lending venue with a preposition that fits the direction. */
export function venue(rng: Rng, id: string, direction: "into" | "at" | "from"): readonly Piece[] {
  const list = direction === "into" ? INTO : direction === "at" ? AT : FROM;
  const preposition = id === "savings" && direction !== "from" ? pick(rng, ["in", "into", "to"]) : pick(rng, list);
  return [...words(`${preposition} `), ...lenderName(rng, id)];
}
