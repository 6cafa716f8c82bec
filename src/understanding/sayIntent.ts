import type { Action, Amount, Intent, SimpleAction } from "../domain/intent.ts";

/** An intent in one plain sentence, to show a reading back to its owner; no sentence of it is ever parsed. */
export function sayIntent({ actions, constraints }: Intent): string {
  const limits = Object.entries(constraints ?? {}).map(([key, value]) => `${LIMITS[key] ?? key} ${plain(value)}`);
  return [actions.map(sayAction).join(", then "), ...limits].join("; ");
}

const LIMITS: Readonly<Record<string, string>> = {
  maxSlippageBps: "slippage in basis points at most",
  maxGasUsd: "gas in US dollars at most",
  minReceive: "receiving at least",
  protocols: "protocols:",
  chain: "on chain",
  deadline: "until",
  risk: "risk",
};

function sayAction(action: Action | SimpleAction): string {
  switch (action.type) {
    case "swap":
      return saySwap(action);
    case "transfer":
      return `send ${sayAmount(action.amount, action.asset)} to ${action.to}`;
    case "earn":
      return `put ${sayAmount(action.amount, action.source)} where ${name(action.asset)} earns most`;
    case "recur":
      return `every ${action.every}: ${action.then.map(sayAction).join(", then ")}`;
    case "when":
      return `when ${plain(action.condition)}: ${action.then.map(sayAction).join(", then ")}`;
    default:
      return sayFields(action);
  }
}

function saySwap({ sell, buy, amount, side, limitPrice }: Extract<Action, { type: "swap" }>): string {
  const limit = limitPrice === undefined ? "" : ` at ${limitPrice} or better`;
  if (side === "buy") return `buy ${sayAmount(amount, buy)} with ${sell}${limit}`;
  return `swap ${sayAmount(amount, sell)} for ${name(buy)}${limit}`;
}

/** "supply 500 DAI, protocol spark": the verb, the amount with its asset, and what else was said. */
function sayFields(action: SimpleAction): string {
  const { type, ...fields } = action;
  const { amount, asset, ...others } = fields as { amount?: Amount; asset?: string } & Readonly<
    Record<string, unknown>
  >;
  const what = amount === undefined ? (asset ?? "") : sayAmount(amount, asset ?? "");
  const rest = Object.entries(others).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} ${plain(value)}`],
  );
  return [`${type} ${what}`.trim(), ...rest].join(", ");
}

function sayAmount(amount: Amount, asset: string): string {
  switch (amount.unit) {
    case "all":
      return `all ${asset}`;
    case "previous":
      return "what comes out";
    case "usd":
      return `$${amount.value} of ${asset}`;
    case "percent":
      return `${amount.value} % of the ${asset}`;
    case "health-factor":
      return `enough ${asset} for a health factor of ${amount.value}`;
    default:
      return `${amount.value} ${asset}`;
  }
}

function name(asset: string): string {
  return asset === "any:stablecoin" ? "a stablecoin" : asset;
}

function plain(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.map(plain).join(" and ");
  if ("unit" in value) return sayAmount(value as Amount, "");
  return Object.entries(value)
    .map(([key, entry]) => `${key} ${plain(entry)}`)
    .join(" ");
}
