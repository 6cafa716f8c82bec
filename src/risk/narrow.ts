/**
 * Fewest calls, in their order, that still cause something (delta debugging, Zeller and Hildebrandt, "Simplifying and
 * Isolating Failure-Inducing Input", 2002).
 */
export async function narrow<T>(
  calls: readonly T[],
  causes: (tried: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = calls;
  for (let pieces = 2; kept.length > 1; ) {
    const size = Math.ceil(kept.length / pieces);
    const parts = Array.from({ length: Math.ceil(kept.length / size) }, (_, at) =>
      kept.slice(at * size, (at + 1) * size),
    );
    const alone = await firstThat(parts, causes);
    const without =
      alone ??
      (await firstThat(
        parts.map((part) => kept.filter((one) => !part.includes(one))),
        causes,
      ));
    if (without !== undefined && without.length < kept.length) {
      kept = without;
      pieces = alone === undefined ? Math.max(2, pieces - 1) : 2;
    } else if (size === 1) break;
    else pieces = Math.min(kept.length, pieces * 2);
  }
  return kept;
}

async function firstThat<T>(
  parts: readonly (readonly T[])[],
  causes: (tried: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  for (const part of parts) if (part.length > 0 && (await causes(part))) return part;
  return undefined;
}
