import type { Measured, Scanned } from "./measure.ts";

const OBJECTS: ReadonlySet<string> = new Set(["warn", "danger", "block"]);

/** Ours at its two strengths: an objection of any kind, and a block. Unknown without an objection counts for neither. */
export const objects = (scan: Scanned | undefined): boolean =>
  scan?.findings.some(({ severity }) => OBJECTS.has(severity)) === true;
export const blocks = (scan: Scanned | undefined): boolean => scan?.verdict === "block";

const POWERS: readonly (readonly [trap: RegExp, names: readonly string[]])[] = [
  [/mint/, ["is_mintable"]],
  [/leaking|tx_origin/, ["owner_change_balance", "is_mintable"]],
  [
    /limiting_sell|sell_status|switch/,
    ["transfer_pausable", "is_blacklisted", "is_anti_whale", "external_call", "is_honeypot"],
  ],
  [/blacklist|allowlist|pair_blocked|only_from/, ["is_blacklisted", "transfer_pausable", "is_honeypot", "cannot_buy"]],
  [/helper/, ["external_call"]],
  [/upgrade/, ["is_proxy"]],
  [/tax/, ["buy_tax", "sell_tax", "slippage_modifiable"]],
  [/sell_cap/, ["is_anti_whale", "transfer_pausable", "is_blacklisted"]],
  [/impersonation|fake_/, ["fake_token", "is_airdrop_scam", "hostile_metadata", "odd_metadata"]],
];

/** Whether one of the objections is the trap that the label names, and not some other power. */
export function namesIt({ trapType, ours }: Measured): boolean {
  const meant = POWERS.flatMap(([trap, names]) => (trap.test(trapType) ? names : []));
  return ours?.findings.some(({ name, severity }) => OBJECTS.has(severity) && meant.includes(name)) === true;
}

type Line = { readonly title: string; readonly rows: readonly Measured[] };

const COLUMNS = [
  "files",
  "buyable",
  "simulation",
  "to 0x…01",
  "static rules",
  "ours: block",
  "ours: any",
  "names it",
  "ours: unknown",
];

/** One table; every figure as numerator/denominator, the denominator being the files that could be bought. */
export function table(title: string, lines: readonly Line[]): string {
  const body = lines.map(({ title: name, rows }) => [name, ...figures(rows)]);
  const all = [[title, ...COLUMNS], ...body];
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
    )
    .join("\n");
}

function figures(rows: readonly Measured[]): readonly string[] {
  const deployed = rows.filter(({ ours }) => ours !== undefined);
  const buyable = deployed.filter(({ market }) => market?.buyable === true);
  const share = (count: (row: Measured) => boolean) => `${buyable.filter(count).length}/${buyable.length}`;
  return [
    `${rows.length}`,
    `${buyable.length}`,
    share(({ baselines }) => baselines?.simulation === "objects"),
    share(({ baselines }) => baselines?.deadTransfer === "objects"),
    share(({ baselines }) => baselines?.staticRules === "objects"),
    share(({ ours }) => blocks(ours)),
    share(({ ours }) => objects(ours)),
    share(namesIt),
    share(({ ours }) => ours?.verdict === "unknown"),
  ];
}

/** The whole report as text. */
export function report(all: readonly Measured[]): string {
  const of = (group: Measured["group"]) => all.filter((row) => row.group === group);
  const families = (rows: readonly Measured[]): readonly Line[] =>
    [...new Set(rows.map(({ family }) => family))].map((title) => ({
      title: `  ${title}`.slice(0, 60),
      rows: rows.filter(({ family }) => family === title),
    }));
  const group = (title: string, rows: readonly Measured[], detailed: boolean) =>
    table(title, [{ title: "all", rows }, ...(detailed ? families(rows) : [])]);
  return [
    "Each figure: files on which it objects / files that could be bought. Ours: block = verdict block; any = a warning or more.",
    group("ACTIVE TRAPS", of("active"), true),
    group("LATENT TRAPS", of("latent"), true),
    group("CODE TRAPS, active and latent", [...of("active"), ...of("latent")], false),
    group(
      "REAL RUG-PULL EVENTS (also in the above)",
      all.filter(({ event }) => event),
      false,
    ),
    group("IDENTITY", of("identity"), true),
    identity(of("identity")),
    group("LURES (not tokens)", of("lures"), false),
    group("REAL RUGS WITHOUT A CODE TRAP (unscored)", of("unscored"), false),
    group("HARD NEGATIVES (no such trap, other powers)", of("hard negatives"), true),
    knownProjects(of("known projects")),
    notBought(all),
    timing(all),
  ].join("\n\n");
}

/** From name, symbol and address alone, which needs no market. */
function identity(rows: readonly Measured[]): string {
  const deployed = rows.filter(({ ours }) => ours !== undefined);
  const silent = deployed.filter((row) => !namesIt(row)).map(({ file, trapType }) => `  ${file}: ${trapType}`);
  const told = deployed.length - silent.length;
  return [
    `Identity from name, symbol and address alone, of all that were deployed: ${told}/${deployed.length}. Not told:`,
    ...silent,
  ].join("\n");
}

function knownProjects(rows: readonly Measured[]): string {
  const unlisted = rows.map(({ unlisted: ours, ...rest }) => (ours === undefined ? rest : { ...rest, ours }));
  const told = (list: readonly Measured[]) =>
    list
      .filter(({ ours }) => objects(ours))
      .map(({ file, ours }) => `  ${file}: ${ours?.verdict}: ${reasons(ours)}`)
      .join("\n");
  return [
    table("KNOWN PROJECTS (objections are false)", [
      { title: "each on the registry, as at its canonical address", rows },
      {
        title: "of these, those that the shipped token list has",
        rows: rows.filter(({ shipped }) => shipped === true),
      },
      { title: "the same code, unlisted", rows: unlisted },
      { title: "unlisted, without what its name says", rows: unlisted.map(withoutNames) },
    ]),
    "Objections to known projects on the registry, each with its reason:",
    told(rows) || "  none",
  ].join("\n");
}

/** An unlisted copy of a known project does use its name: the findings on powers alone. */
function withoutNames(row: Measured): Measured {
  const { ours } = row;
  if (ours === undefined) return row;
  const findings = ours.findings.filter(({ name }) => name !== "fake_token");
  const blocked = findings.some(({ severity }) => severity === "block" || severity === "danger");
  return { ...row, ours: { ...ours, findings, verdict: blocked ? "block" : "warn" } };
}

const reasons = (scan: Scanned | undefined): string =>
  (scan?.findings ?? [])
    .filter(({ severity }) => OBJECTS.has(severity))
    .map(({ name, severity, evidence }) => `${name} (${severity}): ${evidence}`)
    .join("; ")
    .slice(0, 400);

function notBought(all: readonly Measured[]): string {
  const lines = all
    .filter(({ market, group }) => market?.buyable !== true && group !== "lures")
    .map(
      ({ file, group, why, market, ours }) =>
        `  ${file} (${group}): ${why ?? (market?.steps.join(", ") || "no buy goes through")}; ours: ${ours?.verdict ?? "–"}`,
    );
  return [`NOT BUYABLE here, counted in no figure above: ${lines.length}`, ...lines].join("\n");
}

function timing(all: readonly Measured[]): string {
  const line = (title: string, seconds: readonly number[]) => {
    const sorted = [...seconds].sort((a, b) => a - b);
    const at = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3);
    return `  ${title}: p50 ${at(0.5)}, p95 ${at(0.95)}, longest ${at(1)}, of ${sorted.length}`;
  };
  return [
    "SECONDS PER TOKEN",
    line(
      "full scan",
      all.flatMap(({ ours }) => (ours === undefined ? [] : [ours.seconds])),
    ),
    line(
      "look right before a trade",
      all.flatMap(({ recheckSeconds }) => recheckSeconds ?? []),
    ),
  ].join("\n");
}

/** Missed and wrong ones, for whoever improves the scanner. */
export function misses(all: readonly Measured[]): string {
  return all
    .filter(
      ({ group, ours, market }) =>
        market?.buyable === true &&
        (group === "active" || group === "latent" || group === "identity") &&
        !objects(ours),
    )
    .map(
      ({ file, trapType, ours }) =>
        `  ${file} ${trapType}: ${ours?.verdict} ${ours?.unchecked.map(({ why }) => why).join("; ")}`,
    )
    .join("\n");
}
