import { type Address, isAddressEqual, zeroAddress } from "viem";
import type { OrderItem, Permission } from "../domain/permission.ts";
import type { Finding, Severity } from "../domain/verdict.ts";

/** What stands at an address: nothing but a key, a contract, a key that runs a delegate's code (EIP-7702), or not known. */
export type Standing = "key" | "contract" | "delegated" | "unknown";

/** What was read of the world before judging. Everything about an address that is missing counts against it. */
export type PermissionFacts = {
  readonly owner: Address;
  readonly chainId: number;
  readonly nowSeconds: bigint;
  readonly standing: (address: Address) => Standing;
  /** Label of a contract that this program knows to be a protocol's own. */
  readonly known: (address: Address) => string | undefined;
  /** Why an address is on a list of thieves. */
  readonly flagged: (address: Address) => string | undefined;
  /** Wallet whose own code stands at an address, for accounts to run (EIP-7702). A protocol's contract is none. */
  readonly delegate?: (address: Address) => string | undefined;
  /** What else the chain tells of a contract that nobody knows: days old, code that can be exchanged. */
  readonly remarks?: (address: Address) => readonly Remark[];
  /** Base units of a token that the wish behind it needs; absent where there is no wish. */
  readonly need?: (token: Address) => bigint | undefined;
  /** US dollars, 1e8 = $1; undefined without a price. */
  readonly valueUsdE8?: (item: OrderItem) => bigint | undefined;
};

export type Remark = { readonly code: "young-spender" | "proxy-spender"; readonly says: string };

const DAY = 86_400n;
/** A Permit2 allowance that outlives this is a standing one. Uniswap's own interface asks for 30 days. */
const LONGEST_SECONDS = 31n * DAY;
/** Of an order: value that may be lost before it is "for nothing". Rabby's security engine calls 20 % danger. */
const WORST_LOSS_BPS = 2_000n;

/**
 * Findings on permissions. `danger` and `block` deny; a signature that nobody can read is blocked, because a signature
 * cannot be taken back. Pure: facts are read by the caller.
 */
export function judgePermissions(permissions: readonly Permission[], facts: PermissionFacts): readonly Finding[] {
  return permissions.flatMap((one) => judgeOne(one, facts));
}

function judgeOne(permission: Permission, facts: PermissionFacts): readonly Finding[] {
  switch (permission.type) {
    case "allowance":
      return judgeAllowance(permission, facts);
    case "operator":
      return judgeHolder(permission.operator, facts, {
        says: `every collectible of ${permission.collection}, also those bought later`,
        code: "operator",
        atLeast: "warn",
      });
    case "release":
      return judgeRelease(permission, facts);
    case "order":
      return judgeOrder(permission, facts);
    case "delegation":
      return judgeDelegation(permission, facts);
    case "control":
      return [
        finding(
          "control",
          "danger",
          permission.contract,
          `${permission.by} hands ${permission.contract} to ${permission.to ?? "other code"}`,
        ),
      ];
    case "unread":
      return [
        finding("unread", "block", permission.target ?? "signature", `${permission.why}: what it permits is unknown`),
      ];
  }
}

type Of<T extends Permission["type"]> = Extract<Permission, { type: T }>;

function judgeAllowance(permission: Of<"allowance">, facts: PermissionFacts): readonly Finding[] {
  const { token, spender, amount, by, unlimitedFrom, endsSeconds } = permission;
  if (amount === 0n || isAddressEqual(spender, facts.owner)) return [];
  const unlimited = amount >= unlimitedFrom;
  const said = unlimited ? `${token} without a limit` : `${amount} units of ${token}`;
  const found = [...judgeHolder(spender, facts, { says: said, code: by, atLeast: undefined })];
  const trusted = facts.known(spender) !== undefined;
  if (unlimited)
    found.push(
      finding(
        "unlimited",
        trusted ? "warn" : "danger",
        spender,
        `${spender} could take all of ${token}, now and later`,
      ),
    );
  const need = facts.need?.(token);
  if (!unlimited && need !== undefined && amount > need)
    found.push(finding("over-need", "warn", spender, `${amount} units are permitted, ${need} are needed`));
  if (endsSeconds !== undefined && endsSeconds > facts.nowSeconds + LONGEST_SECONDS)
    found.push(finding("long-lived", "warn", spender, `it ends ${days(endsSeconds - facts.nowSeconds)} days from now`));
  return found;
}

type Held = { readonly says: string; readonly code: string; readonly atLeast: Severity | undefined };

/** Who is it that may take something: a thief, a bare key, a contract nobody knows, or a protocol's own. */
function judgeHolder(holder: Address, facts: PermissionFacts, { says, code, atLeast }: Held): readonly Finding[] {
  const flagged = facts.flagged(holder);
  if (flagged !== undefined)
    return [finding("flagged", "block", holder, `${code} lets ${holder} take ${says}; it is listed: ${flagged}`)];
  const label = facts.known(holder);
  if (label !== undefined)
    return atLeast === undefined ? [] : [finding(code, atLeast, holder, `${label} may take ${says}`)];
  const standing = facts.standing(holder);
  if (standing === "key" || standing === "delegated")
    return [
      finding(
        "spender-is-account",
        "danger",
        holder,
        `${holder} is somebody's account and no contract; it may take ${says}`,
      ),
    ];
  if (standing === "unknown")
    return [
      finding("spender-unread", "danger", holder, `what stands at ${holder} could not be read; it may take ${says}`),
    ];
  return [
    finding(
      "unknown-spender",
      atLeast === "warn" ? "danger" : "warn",
      holder,
      `no known protocol owns ${holder}; it may take ${says}`,
    ),
    ...(facts.remarks?.(holder) ?? []).map(({ code: remark, says: what }) => finding(remark, "warn", holder, what)),
  ];
}

function judgeRelease({ token, amount, to, by }: Of<"release">, facts: PermissionFacts): readonly Finding[] {
  if (isAddressEqual(to, facts.owner)) return [];
  const says = `${amount} units of ${token} with this signature alone (${by})`;
  const label = facts.known(to);
  if (label !== undefined && facts.flagged(to) === undefined) {
    const need = facts.need?.(token);
    return need !== undefined && amount <= need ? [] : [finding("release", "warn", to, `${label} may take ${says}`)];
  }
  const found = judgeHolder(to, facts, { says, code: "release", atLeast: "warn" });
  return found.map((one) => (one.severity === "warn" ? { ...one, severity: "danger" as const } : one));
}

function judgeOrder({ gives, gets }: Of<"order">, facts: PermissionFacts): readonly Finding[] {
  if (gives.length === 0) return [];
  const subject = gives[0]?.token ?? facts.owner;
  const away = gets.find(
    ({ to }) => to !== undefined && !isAddressEqual(to, facts.owner) && !isAddressEqual(to, zeroAddress),
  );
  if (away !== undefined) return [finding("order-pays-others", "danger", subject, `what comes in goes to ${away.to}`)];
  if (gets.length === 0)
    return [finding("order-for-nothing", "block", subject, "the order gives assets away and nothing comes back")];
  const worth = (items: readonly OrderItem[]) => sum(items.map((one) => facts.valueUsdE8?.(one)));
  const [out, back] = [worth(gives), worth(gets)];
  if (out === undefined || back === undefined)
    return [finding("order-unpriced", "warn", subject, "no price is known for what the order gives or brings")];
  const lossBps = out === 0n ? 0n : ((out - back) * 10_000n) / out;
  return lossBps > WORST_LOSS_BPS
    ? [finding("order-for-nothing", "danger", subject, `the order gives $${cents(out)} and brings $${cents(back)}`)]
    : [];
}

function judgeDelegation({ chainId, delegate }: Of<"delegation">, facts: PermissionFacts): readonly Finding[] {
  if (isAddressEqual(delegate, zeroAddress)) return [];
  const found: Finding[] = [];
  if (chainId === 0n)
    found.push(
      finding(
        "delegation-everywhere",
        "block",
        delegate,
        "chain id 0: it holds on every chain and can be repeated there",
      ),
    );
  else if (chainId !== BigInt(facts.chainId))
    found.push(finding("wrong-chain", "danger", delegate, `it is for chain ${chainId}, not for ${facts.chainId}`));
  const flagged = facts.flagged(delegate);
  const label = facts.delegate?.(delegate);
  if (flagged !== undefined) found.push(finding("flagged", "block", delegate, `the delegate is listed: ${flagged}`));
  else if (label === undefined)
    found.push(
      finding(
        "delegation",
        "block",
        delegate,
        `the account would run the code of ${delegate}, which nobody here knows`,
      ),
    );
  else
    found.push(
      finding(
        "delegation",
        "warn",
        delegate,
        `the account would run the code of ${label}, which may move everything in it`,
      ),
    );
  return found;
}

function sum(values: readonly (bigint | undefined)[]): bigint | undefined {
  return values.reduce<bigint | undefined>(
    (total, value) => (total === undefined || value === undefined ? undefined : total + value),
    0n,
  );
}

function finding(code: string, severity: Severity, subject: string, evidence: string): Finding {
  return { code: `permission.${code}`, severity, subject, evidence, source: "permissions" };
}

const days = (seconds: bigint): string => (seconds / DAY).toString();
const cents = (usdE8: bigint): string =>
  `${usdE8 / 100_000_000n}.${((usdE8 / 1_000_000n) % 100n).toString().padStart(2, "0")}`;
