import type { Action } from "../../../../domain/intent.ts";
import { drawAmount } from "../amounts.ts";
import { drawRecipient, drawToken } from "../draw.ts";
import { list } from "../phrases.ts";
import { chance, int, pick, pickWeighted, type Rng } from "../random.ts";
import type { CorpusRecord } from "../record.ts";
import { expandOne, words } from "../template.ts";
import { answer } from "./answer.ts";
import { CONTROL, controlVerb, talk } from "./chat.ts";
import { polite } from "./clause.ts";
import { changeAmount, edit } from "./edit.ts";
import { question } from "./question.ts";
import { scale } from "./scale.ts";
import { acted, assistant, planned, ROLE, record, user, WISHES } from "./turns.ts";

/** A conversation of two or more turns: an edit, an answer, a yes or no, a repetition, or something new. */
export function followUp(rng: Rng): CorpusRecord {
  return pickWeighted(rng, [
    [40, edit],
    [30, answer],
    [13, control],
    [6, again],
    [5, fresh],
    [3, aside],
    [4, scale],
    [3, stranger],
  ] as const)(rng);
}

/** A yes, a no, or small talk after a plan. */
function control(rng: Rng): CorpusRecord {
  const { turns } = planned(rng);
  if (chance(rng, 0.1))
    return record(
      [
        ...turns,
        user(rng, words(pick(rng, CONTROL.approve))),
        assistant("Done."),
        user(
          rng,
          chance(rng, 0.7)
            ? words(
                pick(
                  rng,
                  list`thanks / thx / great / perfect, thank you / awesome / nice one / cool thanks / ty! / lovely`,
                ),
              )
            : talk(rng),
        ),
      ],
      { kind: "talk" },
      "talk",
    );
  const verb = controlVerb(rng);
  const lead =
    verb === "pause" || verb === "resume"
      ? [
          assistant(
            pick(rng, [
              "Your weekly buy is active.",
              "The rebalancer for USDC is running.",
              "Order set: every Monday, 50 USDC to ETH.",
              "Guardian on Aave: no action this week.",
            ]),
          ),
        ]
      : verb === "status"
        ? [
            ...turns,
            user(rng, words(pick(rng, CONTROL.approve))),
            assistant(pick(rng, ["Sent, waiting for the block.", "Broadcast.", "Submitted. Waiting for the receipt."])),
          ]
        : turns;
  return record([...lead, user(rng, words(pick(rng, CONTROL[verb])))], { kind: "control", verb }, "control");
}

/** After something done: the same again, with or without another amount. */
function again(rng: Rng): CorpusRecord {
  const { action, turns } = planned(rng);
  const done = [
    ...turns,
    user(rng, words(pick(rng, CONTROL.approve))),
    assistant(pick(rng, ["Done.", "Done. The transaction is confirmed.", "Executed."])),
  ];
  const changed = chance(rng, 0.6) ? changeAmount(rng, action) : undefined;
  if (changed === undefined)
    return record(
      [
        ...done,
        user(
          rng,
          words(
            pick(
              rng,
              list`again / do it again / same again please / one more time / repeat that / once more / the same again`,
            ),
          ),
        ),
      ],
      acted([action]),
      "again",
    );
  const symbol =
    action.type === "swap"
      ? action.side === "buy"
        ? action.buy
        : action.sell
      : action.type === "earn"
        ? action.source
        : "asset" in action
          ? (action.asset as string)
          : "ETH";
  const said = drawAmount(
    rng,
    symbol,
    action.type === "swap" && action.side === "buy" ? "fresh" : (ROLE[action.type] ?? "wallet"),
  );
  if (said.amount.unit === "all" && ROLE[action.type] === "fresh") return again(rng);
  return record(
    [
      ...done,
      user(
        rng,
        expandOne(
          rng,
          [
            "same again with {a}",
            "do the same with {a}",
            "again, but {a}",
            "now the same with {a}",
            "once more with {a}",
            "repeat with {a}",
          ],
          { a: said.full },
        ),
      ),
    ],
    acted([{ ...action, amount: said.amount } as Action]),
    "again",
  );
}

/** Something new after an unrelated exchange: only the last wish counts. */
export function fresh(rng: Rng): CorpusRecord {
  const { turns } = planned(rng);
  const closing = pick(rng, [
    [user(rng, words(pick(rng, CONTROL.approve))), assistant("Done.")],
    [user(rng, words(pick(rng, CONTROL.cancel))), assistant("Cancelled.")],
    [],
  ]);
  const opening = chance(rng, 0.3)
    ? [user(rng, question(rng).pieces), assistant(`${int(rng, 2, 90)}.${int(rng, 1, 9)}`)]
    : [...turns, ...closing];
  const next = pickWeighted(rng, WISHES)(rng);
  return record([...opening, user(rng, polite(rng, next))], acted(next.actions), "fresh");
}

/** A question between plan and consent. */
function aside(rng: Rng): CorpusRecord {
  const { turns } = planned(rng);
  const { pieces, label } = question(rng);
  return record([...turns, user(rng, pieces)], label, "aside");
}

/** An address that only the assistant brought in never grounds a recipient (intent.md, reading 3). */
function stranger(rng: Rng): CorpusRecord {
  const asset = drawToken(rng);
  const a = drawAmount(rng, asset, "wallet").full;
  const to = drawRecipient(rng, "address");
  const turns = [
    user(
      rng,
      expandOne(rng, [
        "what is the address of the red cross",
        "does the shelter take donations?",
        "where can i donate",
        "what's the treasury address of that dao",
        "who should i pay?",
      ]),
    ),
    assistant(pick(rng, [`According to a web page: ${to}.`, `A search finds ${to}.`, `The site says ${to}.`])),
  ];
  return record(
    [
      ...turns,
      user(
        rng,
        expandOne(
          rng,
          [
            "send {a} there",
            "ok send {a} to it",
            "great, send {a} to that address",
            "donate {a} to it",
            "pay them {a}",
            "send {a} to the address you found",
          ],
          { a },
        ),
      ),
    ],
    { kind: "clarify", missing: ["to"] },
    "stranger",
  );
}
