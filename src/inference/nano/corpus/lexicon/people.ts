import { list } from "../phrases.ts";

/** First parts of ENS names. */
export const handles: readonly string[] = list`
  alice / bob / carla / daniel / emma / frank / grace / hugo / ines / jonas / katya / leo / mira / nils / olga / pavel / quinn / rosa / sven / tara
  / uma / viktor / wen / yusuf / zoe / vitalik / satoshi / mum / grandpa / bakery / studio / dao-treasury / payroll / landlord / gardener
  / coffee-shop / plumber / my-ledger / coldwallet / nft-artist / school-fund
`;

/** Second parts of ENS names. */
export const handleTails: readonly string[] = [
  "",
  "",
  "",
  "-b",
  "42",
  "-pay",
  ".wallet",
  "xyz",
  "7",
  "-home",
  "labs",
  "-vault",
  "dev",
];

/** Whom people call a recipient, without saying the address. */
export const described: readonly string[] = list`
  my brother / my sister / my mom / mum / dad / my landlord / my accountant / the plumber / my friend / my roommate / a friend / my other wallet
  / my cold wallet / my ledger / the usual address / my ex / bob / alice / the guy from yesterday / our supplier / my girlfriend / grandma / my boss
  / the charity / the shop / him / her / them / my son / my savings wallet / my second account
`;

/** What an address is introduced as when it follows. */
export const introduced: readonly string[] = list`
  my friend / my brother / my other wallet / my cold wallet / my ledger / the landlord / my accountant / my sister / the multisig / our treasury / bob
  / mom / this guy / this address / the address / the wallet / my second wallet / the contractor
`;
