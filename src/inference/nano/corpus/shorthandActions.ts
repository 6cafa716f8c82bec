import { IntendantError } from "../../../domain/error.ts";
import { splitOutside } from "./splitOutside.ts";

type Fields = Readonly<Record<string, unknown>>;

/** `swap USDC>ETH 100 ; supply ETH prev @aave-v3`: actions in order. Throws on what it does not know. */
export function parseActions(source: string): readonly Fields[] {
  return splitOutside(source, ";").map(parseAction);
}

/** `slippage=50 gas=4 receive=0.5 allow=uniswap-v3,spark deny=morpho chain=base deadline=2026-12-01 risk=low`. */
export function parseConstraints(source: string): Fields {
  const { named, plain } = fieldsOf(source);
  if (plain.length > 0) throw new LabelSyntaxError(`constraints are key=value, not "${plain.join(" ")}"`);
  const out: Record<string, unknown> = {};
  const protocols: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(named)) {
    if (key === "allow" || key === "deny") protocols[key] = value.split(",");
    else out[known(CONSTRAINTS, key)] = value;
  }
  return Object.keys(protocols).length > 0 ? { ...out, protocols } : out;
}

const CONSTRAINTS: Readonly<Record<string, string>> = {
  slippage: "maxSlippageBps",
  gas: "maxGasUsd",
  receive: "minReceive",
  chain: "chain",
  deadline: "deadline",
  risk: "risk",
};

/** `100` token units, `$100`, `50%`, `all`, `prev`, `hf1.8`. */
function amountOf(source: string | undefined): Fields {
  if (source === undefined) throw new LabelSyntaxError("no amount");
  if (source === "all") return { unit: "all" };
  if (source === "prev") return { unit: "previous" };
  if (source.startsWith("hf")) return { unit: "health-factor", value: source.slice(2) };
  if (source.startsWith("$")) return { unit: "usd", value: source.slice(1) };
  if (source.endsWith("%")) return { unit: "percent", value: source.slice(0, -1) };
  return { unit: "token", value: source };
}

function fieldsOf(source: string): {
  readonly named: Readonly<Record<string, string>>;
  readonly plain: readonly string[];
} {
  const named: Record<string, string> = {};
  const plain: string[] = [];
  for (const word of source.split(/\s+/).filter(Boolean)) {
    const equal = word.indexOf("=");
    if (word.startsWith("@")) named.protocol = word.slice(1);
    else if (equal > 0) named[word.slice(0, equal)] = word.slice(equal + 1);
    else plain.push(word);
  }
  return { named, plain };
}

function known(table: Readonly<Record<string, string>>, key: string): string {
  const name = table[key];
  if (name === undefined) throw new LabelSyntaxError(`unknown key "${key}"`);
  return name;
}

function parseAction(source: string): Fields {
  const block = /^(.*?)\{(.*)\}(.*)$/.exec(source);
  const then = block === null ? undefined : parseActions(block[2] ?? "");
  const { named, plain } = fieldsOf(block === null ? source : `${block[1]} ${block[3]}`);
  const [type = "", first = "", second, third] = plain;
  const build = ACTIONS[type];
  if (build === undefined) throw new LabelSyntaxError(`unknown action "${type}"`);
  const left = new Map(Object.entries(named));
  const built = build({ first, second, third, then, take: (key) => take(left, key) });
  const [extra] = left.keys();
  if (extra !== undefined) throw new LabelSyntaxError(`${type} has no "${extra}"`);
  const wanted = Math.max(...[1, first && 2, second && 3, third && 4].map(Number));
  if (plain.length > wanted) throw new LabelSyntaxError(`too many words in "${source}"`);
  return { type, ...Object.fromEntries(Object.entries(built).filter(([, value]) => value !== undefined)) };
}

function take(left: Map<string, string>, key: string): string | undefined {
  const value = left.get(key);
  left.delete(key);
  return value;
}

type Parts = {
  readonly first: string;
  readonly second: string | undefined;
  readonly third: string | undefined;
  readonly then: readonly Fields[] | undefined;
  take(key: string): string | undefined;
};

const lending = ({ first, second, take: get }: Parts): Fields => ({
  asset: first,
  amount: amountOf(second),
  protocol: get("protocol"),
});
const list = (value: string | undefined) => value?.split(",");

const ACTIONS: Readonly<Record<string, (parts: Parts) => Fields>> = {
  swap: ({ first, second, third, take: get }) => {
    const [sell, buy] = first.split(">");
    if (third !== undefined && third !== "buy" && third !== "sell") throw new LabelSyntaxError(`side "${third}"`);
    return { sell, buy, amount: amountOf(second), side: third ?? "sell", limitPrice: get("limit") };
  },
  transfer: ({ first, second, take: get }) => ({ asset: first, amount: amountOf(second), to: get("to") }),
  earn: ({ first, second, take: get }) => {
    const [source, asset] = first.split(">");
    const objective = "max-yield";
    return { source, asset, amount: amountOf(second), objective, risk: get("risk"), protocols: list(get("protocols")) };
  },
  supply: lending,
  withdraw: lending,
  borrow: lending,
  repay: lending,
  "set-collateral": ({ first, second, take: get }) => {
    if (second !== "on" && second !== "off") throw new LabelSyntaxError("set-collateral ASSET on|off");
    return { asset: first, enabled: second === "on", protocol: get("protocol") };
  },
  stake: ({ first, second, take: get }) => ({ asset: first, amount: amountOf(second), into: get("into") }),
  unstake: ({ first, second, take: get }) => ({ asset: first, amount: amountOf(second), into: get("into") }),
  "add-liquidity": liquidity,
  "remove-liquidity": liquidity,
  approve: ({ first, second, take: get }) => ({
    asset: first,
    spender: get("spender"),
    amount: second === undefined ? undefined : amountOf(second),
  }),
  revoke: ({ first, take: get }) => ({ asset: first, spender: get("spender") }),
  allocate: ({ first, take: get }) => ({
    targets: first.split(",").map((target) => {
      const [asset, percent] = target.split(":");
      return { asset, percent };
    }),
    driftPercent: get("drift"),
    every: get("every"),
  }),
  move: ({ first, second, take: get }) => ({
    asset: first,
    amount: amountOf(second),
    from: get("from"),
    to: get("to"),
  }),
  bridge: ({ first, second, take: get }) => ({ asset: first, amount: amountOf(second), toChain: get("to") }),
  protect: ({ take: get }) => {
    const budget = get("budget");
    return {
      protocol: get("protocol"),
      below: get("below"),
      target: get("target"),
      using: list(get("using")),
      budget: budget === undefined ? undefined : amountOf(budget),
    };
  },
  optimize: ({ first, take: get }) => ({
    assets: first.split(","),
    every: get("every"),
    minGainBps: get("gain"),
    risk: get("risk"),
    protocols: list(get("protocols")),
  }),
  recur: ({ then, take: get }) => ({ every: get("every")?.replaceAll("_", " "), then, until: get("until") }),
  when: ({ first, second, third, then, take: get }) => {
    const protocol = get("protocol");
    const on = third === undefined ? { value: second } : { asset: second, value: third };
    return { condition: { type: first, ...on, ...(protocol === undefined ? undefined : { protocol }) }, then };
  },
  notify: () => ({}),
};

function liquidity({ first, second, take: get }: Parts): Fields {
  const range = get("range")?.split("..");
  const pair = second?.split("+") ?? [];
  return {
    assets: first.split("+"),
    ...(pair.length === 2 ? { amounts: pair.map(amountOf) } : { amount: amountOf(second) }),
    feeBps: get("fee"),
    range: range === undefined ? undefined : { lower: range[0], upper: range[1] },
    protocol: get("protocol"),
  };
}

/** A label that is not in the notation of corpus/README.md. */
export class LabelSyntaxError extends IntendantError {
  readonly code = "label_syntax";
}
