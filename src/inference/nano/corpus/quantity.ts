import { chance, int, pick, type Rng } from "./random.ts";

const ROUND = [
  "5",
  "10",
  "15",
  "20",
  "25",
  "30",
  "40",
  "50",
  "60",
  "75",
  "80",
  "90",
  "100",
  "100",
  "120",
  "150",
  "200",
  "200",
  "250",
  "300",
  "350",
  "400",
  "500",
  "500",
  "600",
  "700",
  "750",
  "800",
  "900",
  "1000",
  "1000",
  "1200",
  "1500",
  "1800",
  "2000",
  "2000",
  "2500",
  "3000",
  "3500",
  "4000",
  "5000",
  "5000",
  "6000",
  "7500",
  "8000",
  "10000",
  "12000",
  "15000",
  "20000",
  "25000",
  "30000",
  "50000",
  "75000",
  "100000",
];

const COIN = [
  "0.01",
  "0.02",
  "0.05",
  "0.05",
  "0.1",
  "0.1",
  "0.15",
  "0.2",
  "0.2",
  "0.25",
  "0.3",
  "0.4",
  "0.5",
  "0.5",
  "0.6",
  "0.75",
  "0.8",
  "1",
  "1",
  "1",
  "1.2",
  "1.25",
  "1.5",
  "1.5",
  "1.8",
  "2",
  "2",
  "2",
  "2.5",
  "2.5",
  "3",
  "3",
  "3.5",
  "4",
  "5",
  "5",
  "6",
  "7.5",
  "8",
  "10",
  "10",
  "12",
  "15",
  "20",
  "25",
  "32",
  "40",
  "50",
  "100",
];

const BITCOIN = [
  "0.001",
  "0.005",
  "0.01",
  "0.01",
  "0.02",
  "0.03",
  "0.05",
  "0.05",
  "0.08",
  "0.1",
  "0.1",
  "0.12",
  "0.2",
  "0.25",
  "0.3",
  "0.5",
  "0.5",
  "0.75",
  "1",
  "1",
  "1.5",
  "2",
  "2.5",
  "3",
  "5",
];

/** A decimal string of the size people name for such a token. */
export function quantity(rng: Rng, size: "coin" | "dollar" | "bitcoin" | "alt" | "meme"): string {
  switch (size) {
    case "coin":
      if (chance(rng, 0.7)) return pick(rng, COIN);
      return chance(rng, 0.5)
        ? `0.${String(int(rng, 1, 999)).padStart(int(rng, 3, 4), "0")}`
        : `${int(rng, 1, 40)}.${int(rng, 1, 99)}`;
    case "bitcoin":
      return chance(rng, 0.75) ? pick(rng, BITCOIN) : `0.${String(int(rng, 1, 999)).padStart(int(rng, 3, 5), "0")}`;
    case "meme":
      return `${int(rng, 1, 99)}${pick(rng, ["00000", "000000", "0000"])}`;
    case "alt":
      return chance(rng, 0.6)
        ? pick(rng, ROUND.slice(0, 33))
        : chance(rng, 0.7)
          ? String(int(rng, 1, 999))
          : `${int(rng, 1, 300)}.${int(rng, 1, 99)}`;
    default:
      if (chance(rng, 0.65)) return pick(rng, ROUND);
      return chance(rng, 0.6)
        ? String(int(rng, 2, 9999))
        : `${int(rng, 1, 12000)}.${String(int(rng, 1, 99)).padStart(2, "0")}`;
  }
}
