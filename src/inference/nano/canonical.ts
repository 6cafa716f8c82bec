/** JSON with sorted keys, lower-case addresses and plain decimals (1.50 is 1.5): equal text means equal intent. Implied fields are left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, entry: unknown) => {
    if (key === "objective") return undefined;
    if (typeof entry === "string" && /^0x[0-9a-fA-F]+$/.test(entry)) return entry.toLowerCase();
    if (typeof entry === "string" && /^\d+\.\d*0$/.test(entry)) return entry.replace(/\.?0+$/, "");
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return entry;
    return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
