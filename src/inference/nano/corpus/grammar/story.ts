import { list } from "../phrases.ts";
import { chance, pick, type Rng } from "../random.ts";

const WHO = list`my sister / my brother / my wife / my husband / my boss / my neighbour / the neighbour's dog / my friend / a colleague / the landlord / my mother / my father / grandma / my cousin / our accountant / the taxi driver / my son / my daughter / the kids / my cat / the plumber / a guy on twitter / some influencer / the bank / my therapist / our team / the dentist / my roommate / the whole family / an old friend / the teacher / my uncle / the baker / everyone at work / nobody here / my trainer / the postman / that youtuber / our cfo / a stranger`;
const DID = list`called me / told me about this / explained it twice / is visiting / won't stop talking / lost the keys / bought a new car / moved to Berlin / is getting married / wants to travel / asked me for help / sent a weird message / forgot my birthday / cooked dinner / broke the window / painted the kitchen / is learning to drive / found a better job / snores / retired early / has a cold / missed the train / loves this app / hates banks / reads too much news / set this wallet up for me / repaired the bike / is in hospital / keeps asking / laughed at me / started a company / sold the house / watches the charts all day / came back from holiday / needs a holiday / never sleeps / plays guitar / ordered pizza / is waiting outside`;
const WHEN = list`yesterday / this morning / last night / again / last week / all day / as always / in the rain / at lunch / on the train / for years now / over the weekend / before breakfast / since monday / while i was away / for no reason /  /  /  /  `;
const ME = list`i am on the bus right now / i'm at the airport / i just woke up / i can't sleep / my coffee is cold / the weather is awful / what a week / it's been a long month / my phone is nearly dead / i have a meeting in a minute / work was terrible today / i feel lucky today / i'm a bit nervous / i finally understand this stuff / i still don't get how this works / the internet here is slow / i hope you are well / nice weather here / i'm typing with one hand / i've got a toddler on my lap / my keyboard is broken / excuse my english / i should have done this earlier / i promised myself to do it today / time flies / nothing ever works here / i love sundays / no more gambling for me / i'm getting old / life is expensive / this is my first time / i had three coffees / the heating broke / the car needs tyres / christmas is coming / i'm saving for a house / we are expecting a baby / the season is over / i listened to a podcast about it / i read the whole docs / don't judge me / i trust maths not people / my plan is simple / no idea what i'm doing`;
const WHY = list`i need it for the rent / it's for a present / that's for the holidays / because the news is bad / because i'm bored / since rates are up / my taxes are due / we agreed on it / the board wants it / it's what the plan says / i need it by tonight / to be on the safe side / i can't watch this any longer / so that i sleep better / as we discussed / the chart told me / i had a dream about it / life is short / just in case / my horoscope says so / better late than never / i have waited long enough / it has to be done / because why not / for the car repair / for school fees / the fees are fine / i want to try it out / it's only a small amount / before the weekend`;

/** A sentence of everyday life that says nothing to be done. */
export function story(rng: Rng): string {
  if (chance(rng, 0.45)) return pick(rng, ME);
  return `${pick(rng, WHO)} ${pick(rng, DID)} ${pick(rng, WHEN)}`.trim();
}

/** Why somebody wants it, to stand behind the wish. */
export function reason(rng: Rng): string {
  return pick(rng, WHY);
}
