/** JSON with sorted keys and lower-case addresses: equal text means equal intent. Implied fields are left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, entry: unknown) => {
    if (key === "objective") return undefined;
    if (typeof entry === "string" && /^0x[0-9a-fA-F]+$/.test(entry)) return entry.toLowerCase();
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return entry;
    return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
