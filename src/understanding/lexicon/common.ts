import { readFileSync } from "node:fs";

/** Words and abbreviations that people write in capitals without meaning a token, and near misses that are words. */
const COMMON = new Set(
  (
    "the and for not all now yes stop max min any one two six ten out off but how who why what when where which that this with from into onto have has had was were will would should could can cant dont don't wont its it's im i'm you your yours me my mine we us our they them their he she his her him " +
    "please pls plz thx thanks thank help here there then than just only also very more most less least some much many every each both half full whole exactly everything nothing anything something never always again back over under up down in on at by of to as is are be been am do does did done so if or no nor yet ok okay hey hi hello wow omg lol lmao btw fyi asap imo imho tbh idk rn atm eta aka brb gm gn wtf smh tldr " +
    "swap sell buy send supply lend deposit withdraw borrow repay stake unstake wrap unwrap move bridge approve revoke cancel pause resume trade convert exchange pay transfer claim close open keep check show tell give take get put make use want need like let go do " +
    "apy apr ltv tvl dca lp lps nft nfts dao defi dex cex amm dyor fomo hodl rekt wagmi ngmi kyc aml gas gwei wei bps hf evm eip erc rpc api url pdf csv ide ceo cto cfo hr usa eu uk us irs vat iban swift sepa atm utc gmt est pst cet am pm jan feb mar apr jun jul aug sep oct nov dec mon tue wed thu fri sat sun " +
    "usd eur gbp chf jpy inr cny krw brl try idr rub cad aud sgd hkd php ngn mxn euro euros dollar dollars bucks yen " +
    "note notes assistant assistants system admin user override urgent important warning notice attention new old free gift bonus claim airdrop official support team security update verify alert instruction instructions ignore previous must immediately " +
    "invoice inv ref po order qty no nr nb ps cc re fw tx txn txs hash eth2 nonce seed phrase private key keys wallet wallets account address addr contract token tokens coin coins stable stables stablecoin stablecoins crypto chain mainnet testnet layer l2 l1 l2s " +
    "ens v1 v2 v3 v4 uni2 mp3 b2b p2p h1 q1 q2 q3 q4 fy25 fy26 web3 web2 24h covid19 " +
    "loan loans debt yield rate rates price balance position portfolio health factor profit loss risk low high medium safe best good bad day week month year hour today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday weekly daily monthly hourly " +
    "until before after above below between without within about around per via plus minus " +
    "und der die das ich ist nicht alle alles los las con por una todo toda todos mis sur les des une avec pour tout toute il lo gli che con per tutto bir ve için hepsi semua dan yang " +
    "wake sleep mum mom dad nan sir madam mr mrs ms dr sos sms vip faq diy tv pc ai llm ux ui qa gpu cpu usb vpn red green blue " +
    "with web bet west wet pepe like line lick pink sink wink think blink links kink mink cave gave pave save wave have leave slave " +
    "come camp comb coma comfy comic wish welt wept went were seth beth teth used uses user test steh stets"
  ).split(" "),
);

/** Everyday words seen in lower case in written requests; data, one per line. */
const SEEN = new Set(readFileSync(new URL("./words.txt", import.meta.url), "utf8").split("\n"));

/** True for a lower-case word that is no ticker even in capitals. */
export function isCommonWord(lower: string): boolean {
  return COMMON.has(lower) || SEEN.has(lower);
}
