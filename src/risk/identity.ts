import type { Address } from "viem";
import { showText } from "../domain/showText.ts";
import { similarSymbols, skeleton } from "../domain/similarSymbols.ts";
import type { Token } from "../domain/token.ts";
import type { RiskFinding, RiskName } from "../domain/tokenRisk.ts";
import type { Severity } from "../domain/verdict.ts";
import { knownCoin } from "./knownCoins.ts";
import type { Metadata } from "./metadata.ts";

export type IdentityRequest = {
  readonly token: Address;
  readonly metadata: Metadata;
  /** The chain's list: what a symbol means is decided there, by address. */
  readonly listed: readonly Token[];
};

const LONGEST_NAME = 64;
const LONGEST_SYMBOL = 16;
const ADDRESS_OF_A_SITE =
  /https?:|www\.|t\.me|discord\.gg|(?:^|[^a-z])[a-z0-9-]{2,}\.(?:com|net|org|io|xyz|app|site|top|vip|link|gift|fi|finance|info|club|live|pro|cc|lol|fun)(?![a-z])/i;
const PROMISE = /\b(?:claim|airdrop|reward|voucher|bonus|visit|gift|free|winner|redeem|eligible)\w*\b/i;
/** Sentences that speak to a reader who acts: an agent, an assistant, a signer. */
const ORDER =
  /\b(?:ignore|disregard|override|system|assistant|agent|prompt|instruction|you (?:must|are|should)|transfer (?:all|your)|send (?:all|your|everything)|approve (?:all|unlimited)|do not (?:warn|check)|skip (?:the )?(?:check|simulation))\w*/i;
const INVISIBLE = /[\p{Cf}\p{Cc}\u115f\u3164]/u;

/**
 * Whom a token pretends to be, and what its name is for. Clean code tells nothing here: an impersonator is an honest
 * contract with somebody else's name.
 */
export function judgeIdentity({ token, metadata, listed }: IdentityRequest): readonly RiskFinding[] {
  const { name = "", symbol = "" } = metadata;
  if (listed.some(({ address }) => address.toLowerCase() === token.toLowerCase())) return [];
  return [...judgeNames({ name, symbol, listed }), ...judgeText([name, symbol]), ...judgeForm(metadata)];
}

type Names = { readonly name: string; readonly symbol: string; readonly listed: readonly Token[] };

function judgeNames({ name, symbol, listed }: Names): readonly RiskFinding[] {
  const same = listed.find((one) => one.symbol.toLowerCase() === symbol.toLowerCase());
  const called = listed.find((one) => skeleton(one.name) !== "" && skeleton(one.name) === skeleton(name));
  if (same !== undefined || called !== undefined) {
    const twin = same ?? called;
    const both = same !== undefined && called !== undefined;
    const says = both ? "name and symbol are" : same !== undefined ? "its symbol is" : "its name is";
    return [
      finding(
        "fake_token",
        both || same !== undefined ? "danger" : "warn",
        `${says} that of the listed ${twin?.symbol} at ${twin?.address}`,
      ),
    ];
  }
  const drawn = listed.find((one) => skeleton(one.symbol) === skeleton(symbol) && skeleton(symbol) !== "");
  if (drawn !== undefined)
    return [finding("fake_token", "danger", `its symbol ${showText(symbol)} is drawn like the listed ${drawn.symbol}`)];
  const coin = knownCoin(symbol, name);
  if (coin !== undefined)
    return [
      finding(
        "fake_token",
        "warn",
        `it calls itself ${showText(name)} (${showText(symbol)}), as the known coin ${coin.name} (${coin.symbol}) does, and is not on this chain's list`,
      ),
    ];
  const near = similarSymbols(symbol, listed);
  return near.length === 0
    ? []
    : [finding("fake_token", "warn", `its symbol ${showText(symbol)} resembles the listed ${near.join(", ")}`)];
}

function judgeText(texts: readonly string[]): readonly RiskFinding[] {
  const all = texts.join(" ").slice(0, 4_096);
  const site = ADDRESS_OF_A_SITE.test(all);
  return [
    ...(site ? [finding("is_airdrop_scam", "danger", `its name leads to a site: ${showText(all)}`)] : []),
    ...(!site && PROMISE.test(all)
      ? [finding("is_airdrop_scam", "warn", `its name promises something: ${showText(all)}`)]
      : []),
    ...(ORDER.test(all) && all.split(/\s+/).length > 3
      ? [finding("hostile_metadata", "danger", `its name gives orders to its reader: ${showText(all)}`)]
      : []),
  ];
}

function judgeForm({ name, symbol, decimals }: Metadata): readonly RiskFinding[] {
  const texts = [name ?? "", symbol ?? ""];
  const odd = [
    ...(texts.some((text) => INVISIBLE.test(text)) ? ["invisible characters in its name"] : []),
    ...(texts.some((text) => /[^ -~]/.test(text.replace(INVISIBLE, "")))
      ? ["characters outside plain ASCII in its name"]
      : []),
    ...((name?.length ?? 0) > LONGEST_NAME || (symbol?.length ?? 0) > LONGEST_SYMBOL ? ["an unusually long name"] : []),
    ...(symbol === undefined || symbol.trim() === "" ? ["no symbol"] : []),
    ...(decimals === undefined ? ["no decimals"] : decimals > 18 ? [`${decimals} decimals`] : []),
  ];
  return odd.length === 0 ? [] : [finding("odd_metadata", "warn", odd.join(", "))];
}

function finding(name: RiskName, severity: Severity, evidence: string): RiskFinding {
  return { name, severity, evidence };
}
