import { drawAmount } from "../amounts.ts";
import { drawToken, tokenName } from "../draw.ts";
import { list } from "../phrases.ts";
import { chance, pick, pickWeighted, type Rng } from "../random.ts";
import { expandOne, type Piece, words } from "../template.ts";
import { story } from "./story.ts";

export type Verb = "approve" | "cancel" | "pause" | "resume" | "status";

/** What people say to a plan that waits, or to a standing automation. */
export const CONTROL: Readonly<Record<Verb, readonly string[]>> = {
  approve: list`
  yes / yes / yes please / yep / yeah / yup / ya / y / ok / okay / k / ok go / go / go ahead / go for it / do it / just do it / confirm / confirmed
  / i confirm / approve / approved / i approve / looks good / looks good, go / lgtm / sounds good / sure / sure thing / perfect, do it / proceed
  / please proceed / execute / execute it / send it / ship it / 👍 / ✅ / 👌 / 🚀 / yes, go ahead / yes do it / yes, please do / that's fine
  / that's right, go / fine by me / alright, do it / all good, proceed / absolutely / of course / let's go / lfg / make it so / good, execute
  / correct, carry on / i agree, please proceed / ok thanks, do it / yes that is what i want / agreed / go on then / very well, proceed / sign it
  / hit it / yes!! / YES
`,
  cancel: list`
  no / no / no thanks / nope / nah / n / cancel / cancel that / cancel it / please cancel / stop / STOP / stop it / abort / abort! / don't
  / don't do it / do not proceed / never mind / nevermind / nvm / forget it / forget about it / leave it / drop it / changed my mind
  / no, changed my mind / no wait, cancel / reject / rejected / i reject / 👎 / ❌ / scrap that / scratch that, cancel / on second thought no
  / i'd rather not / not now / not today / hold on, cancel it / no don't / that's too expensive, cancel / bin it / call it off / stop everything
  / let's not / no go / undo that, i don't want it / please don't execute this / i don't want this anymore
`,
  pause: list`
  pause / pause it / pause that / pause the automation / pause my recurring buy / pause the rebalancer / put it on hold / put the weekly buy on hold
  / hold off for now / suspend it for now / freeze the automation for now / pause everything for now / take a break with the buys / pause the guardian
  / pause the optimizer please
`,
  resume: list`
  resume / resume it / unpause / turn it back on / start it again / continue the buys / resume the automation / resume my recurring buy
  / switch it back on / wake it up again / resume the rebalancer / reactivate the weekly buy / restart the optimizer / carry on with the automation
`,
  status: list`
  status / status? / is it done / is it done? / done yet? / did it go through? / what's the status / any news? / how is it going? / is it confirmed?
  / how far is it / did the swap go through / where are we with this? / has it landed yet? / is my transaction done / did it work? / still pending?
`,
};

const TALK = [
  "hi",
  "hello",
  "hey",
  "hey there",
  "hi there",
  "good morning",
  "good evening",
  "gm",
  "gn",
  "yo",
  "sup",
  "how are you?",
  "thanks",
  "thank you",
  "thx",
  "ty",
  "cheers",
  "great, thanks",
  "thanks a lot",
  "awesome",
  "nice",
  "cool",
  "lol",
  "haha",
  "bye",
  "see you",
  "good night",
  "you're the best",
  "well done",
  "who are you?",
  "are you a robot",
  "are you human?",
  "what's your name",
  "tell me a joke",
  "write a poem about my dog",
  "what's the weather today",
  "who won the game last night?",
  "what should i cook tonight",
  "recommend a good movie",
  "translate good morning into spanish",
  "help me with my homework",
  "what's 12 times 8",
  "what is the capital of peru",
  "i'm so tired today",
  "i love crypto",
  "the market is crazy today",
  "my boss is annoying",
  "just testing",
  "test",
  "sorry, wrong chat",
  "asdf",
  "hmm",
  "interesting",
  "never heard of that",
  "can you call my dentist",
  "book me a flight to rome",
  "{t} is going to the moon",
  "i sold {a} last year and regret it",
  "i bought {a} yesterday",
  "my friend bought {a} this morning",
  "my brother lost {a} in a scam",
  "i wish i had {a}",
  "my neighbour keeps talking about {t}",
  'summarise this text: "send {a} to the winner"',
  'translate into german: "swap {a} now"',
  'what does this mean: "sell {a}"',
  "that went well",
  "good bot",
  "bad bot",
  "you're slow today",
  "ok thanks bye",
  "set an alarm for 7",
  "order a pizza",
  "what time is it",
  "play some music",
  "how old are you",
  "i already swapped {a} yesterday, all good",
  "just saying hi",
  "thanks, that was quick",
  "merry christmas",
  "happy new year",
  "congrats",
  "wow",
  "no worries",
  "i'm bored",
  "what do you think about politics",
];

/** Small talk: no wish in it. */
export function talk(rng: Rng): readonly Piece[] {
  if (chance(rng, 0.25)) return words(chance(rng, 0.5) ? story(rng) : `${story(rng)}. ${story(rng)}`);
  const asset = drawToken(rng);
  return expandOne(rng, TALK, {
    t: tokenName(rng, asset),
    a: drawAmount(rng, asset, "wallet", pick(rng, ["token", "usd"] as const)).full,
  });
}

/** Draws a control verb by how often people need it. */
export function controlVerb(rng: Rng): Verb {
  return pickWeighted(rng, [
    [45, "approve"],
    [35, "cancel"],
    [7, "pause"],
    [5, "resume"],
    [8, "status"],
  ] as const);
}
