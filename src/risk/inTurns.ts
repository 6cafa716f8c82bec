/** Requests that a scan has under way at a time: enough to keep a node busy, few enough not to be turned away. */
const AT_A_TIME = 8;

/** Results of a task for every item, in their order, a few at a time. */
export async function inTurns<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await task(items[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, items.length) }, work));
  return results;
}
