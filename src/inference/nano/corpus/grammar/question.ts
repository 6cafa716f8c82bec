import { drawAmount } from "../amounts.ts";
import { drawAddress, drawFrom, drawHash, drawLender, drawToken, lenderName, tokenName } from "../draw.ts";
import { lendable } from "../lexicon/tokens.ts";
import { table } from "../phrases.ts";
import { pickWeighted, type Rng } from "../random.ts";
import type { Label } from "../record.ts";
import { expandOne, fixed, type Piece } from "../template.ts";

/** A question in words and its label. */
export interface Question {
  readonly pieces: readonly Piece[];
  readonly label: Label;
}

const FORMS = table`
  8 balance asset: how much {t} do i have / how much {t} do i have? / what's my {t} balance / whats my {t} balance? / {t} balance
    / my {t} balance please / do i have any {t} / do i still have {t}? / how many {t} do i own / show my {t} balance / check my {t} balance
    / how much {t} is in my wallet? / tell me how much {t} i hold / balance of {t}
  3 balance -: what's my balance / balance? / show balances / how much money do i have in my wallet / my balances / what tokens do i have
    / what's in my wallet?
  4 portfolio -: show my portfolio / portfolio / what am i worth / what's my net worth? / how is my portfolio doing / what do i own in total
    / total value of everything i hold? / show me everything i have / portfolio overview please / how is my money spread
  3 position protocol: what do i have on {p} / show my {p} position / what's my position on {p}? / how much do i owe on {p}
    / how much have i borrowed on {p}? / my {p} positions / what is my debt on {p} / how is my {p} deposit doing
  3 position both: how much {t} did i supply on {p}? / how much {t} do i have on {p} / how much {t} do i owe on {p} / is my {t} still on {p}?
    / what's my {t} position at {p} / what is my {t} debt at {p}?
  2 position -: show my positions / what are my open positions? / how much do i owe / how much debt do i have? / what have i lent out
    / where is my money deposited? / list my loans
  3 health-factor protocol: what's my health factor on {p} / health factor on {p}? / hf on {p} / is my {p} loan safe?
    / am i close to liquidation on {p} / how healthy is my {p} loan / will i get liquidated on {p}?
  3 health-factor -: what's my health factor / health factor? / hf? / am i close to getting liquidated? / how safe is my loan / is my loan healthy?
    / whats my hf rn
  8 price asset: what's the price of {t} / price of {t}? / {t} price / how much is {t} / how much is one {t}? / what is {t} worth right now?
    / what's {t} at / what's {t} trading at? / {t} price pls / how much does {t} cost / current {t} price / is {t} up today? / where is {t} at
  5 yield asset: what's the yield on {t} / best yield for {t}? / what's the best rate for {t}? / which protocol pays most for {t}? / {t} apy?
    / what apy can i get on {t} / how much interest does {t} earn? / who pays the most for {t}? / where can i earn the most on {t}?
    / what can i earn with {t} / compare {t} rates
  4 yield both: what does {p} pay for {t}? / what's the {t} apy on {p} / {p} {t} apy / {t} rate on {p}? / how much interest does {t} earn on {p}?
    / what is the supply rate for {t} at {p} / what's the borrow rate for {t} on {p}?
  2 yield stable: what's the best stablecoin yield? / best yield for stablecoins? / which stablecoin pays the most
    / where do stables earn most right now? / stablecoin rates?
  2 yield -: what are the best yields right now? / show yields / yields? / what rates are available
  5 quote -: how much {b} would i get for {a}? / what would {a} be in {b} / how much is {a} in {b}? / quote {a} to {b} / what do i get for {a} in {b}
    / if i sold {a}, how much {b} would i get? / quote for {a} into {b} please / price check: {a} to {b} / how much {b} is {a} worth
    / simulate swapping {a} to {b}, don't do it / how many {b} do i get for {a}? / what's the rate for {a} to {b}?
  3 gas -: what's gas right now / gas? / gas price / how much is gas / how high are network fees? / what would a transaction cost right now?
    / is gas cheap now? / current gas price please / gwei? / are fees low now
  3 token-safety asset: is {t} safe to buy? / is {t} a scam / is {t} legit? / is {t} safe / can i trust {t}? / is {t} a honeypot
  2 token-safety address: is {x} safe to buy? / is {x} a scam? / is the token {x} a honeypot / is {x} legit
  2 contract -: what is {x} / what is this contract {x} / who deployed {x}? / is {x} a contract or a wallet? / is there code at {x}
    / explain the contract {x}
  1 contract protocol: what's the contract address of {p}? / which {p} contract do you use
  3 transaction -: did {h} go through? / what happened in {h} / status of tx {h} / is {h} confirmed? / why did {h} fail / explain transaction {h}
  2 approvals -: what approvals do i have / who can spend my tokens? / list my approvals / show my allowances
    / which contracts have access to my wallet?
  1 approvals asset: who can spend my {t}? / which contracts can touch my {t} / what approvals are on my {t}?
  2 automations -: what automations are running? / list my automations / what standing orders do i have / show my recurring buys
    / what is running in the background? / which alerts have i set?
  2 history -: what did i do last week? / show my history / transaction history / my past swaps / what were my last transactions
    / list what i did this month
  1 history asset: when did i last buy {t}? / show my {t} history / what did i pay for my {t}
  2 usage -: how many tokens did the model use? / what did the inference cost so far / compute bill? / show my usage / model usage today
  5 help -: what can you do? / help / how does this work? / how do i swap tokens? / what kind of things can i ask / which protocols do you support?
    / how do i borrow with you? / can you explain how approving works / what commands are there / how do i set a slippage limit
    / which chains do you support? / what tokens do you support
  2 yield asset: i wonder what one gets for lending {t} / is lending {t} worth it? / what would my {t} earn? / rates for {t} please
    / any good {t} yields around? / {t} interest / how much does {t} pay these days / only want to see the {t} rates / is there a better rate for {t}?
    / what's the going rate on {t} / does {t} earn anything?
  1 balance asset: do i have enough {t} / is there any {t} left / how much {t} is left / my {t}, how much is it / {t}: how much have i got
    / can you look up my {t} / did my {t} arrive?
  1 price asset: did {t} go up / {t} in dollars? / what would one {t} cost me / how's {t} doing / is {t} above its high? / {t} quote in usd please
    / where's {t} trading / did {t} crash?
  1 history -: how many swaps did i make this year / what did i send last month? / show everything since january / my last transfer, who was it to?
    / when was my last trade / list all my transfers / what have i done today
  1 history protocol: how often did i deposit on {p} this year / show my history on {p} / when did i last use {p}?
  1 contract protocol: can the {p} contract be upgraded? / who controls {p}? / is the {p} contract audited / is {p} safe?
  1 portfolio -: show me the whole bag / how rich am i / add up everything i have / what's all my stuff worth / give me an overview of my money
    / where is all my money / total? / did i make money this week
  1 health-factor -: how far am i from liquidation / can my loan survive a crash? / is my collateral enough? / what happens to my loan if eth drops
    / how much buffer does my loan have
  1 help -: i'm new here, what should i do first / what is a stablecoin? / what does slippage mean / explain health factor to me
    / what's the difference between weth and eth? / how do i start / can you trade for me? / do you need my password? / how safe are you
    / what happens when i say yes / can i undo a transaction? / do you charge anything?
  1 automations -: is my weekly buy still on / when does the next recurring buy run? / is the guardian active? / which robots are running
    / do i have any alerts
  1 gas -: would a transfer be expensive right now / should i wait for cheaper gas / how much is a swap in fees / is the network busy
  1 quote -: what's {a} in {b} right now / just curious what {a} gets me in {b} / don't trade, only tell me what {a} is in {b}
    / if i sell {a} for {b}, what do i get / how much {b} for {a}? / hypothetically, {a} into {b}, how much?
`.map(({ weight, head, phrases }) => [weight, head[0] ?? "", head[1] ?? "-", phrases] as const);

/** A question about the chain, the owner's money, or the agent. */
export function question(rng: Rng): Question {
  const [topic, fields, templates] = pickWeighted(
    rng,
    FORMS.map(([weight, ...rest]) => [weight, rest] as const),
  );
  const asset = drawFrom(rng, lendable);
  const p = drawLender(rng, topic === "health-factor" ? ["savings"] : []);
  const address = drawAddress(rng);
  const slots = {
    t: tokenName(rng, asset),
    b: tokenName(rng, drawToken(rng, [asset])),
    a: drawAmount(rng, asset, "wallet").full,
    p: lenderName(rng, p),
    x: fixed(address),
    h: fixed(drawHash(rng)),
  };
  const about =
    fields === "asset"
      ? { asset }
      : fields === "protocol"
        ? { protocol: p }
        : fields === "both"
          ? { asset, protocol: p }
          : fields === "stable"
            ? { asset: "any:stablecoin" }
            : fields === "address"
              ? { asset: address }
              : {};
  return { pieces: expandOne(rng, templates, slots), label: { kind: "ask", topic, ...about } };
}
