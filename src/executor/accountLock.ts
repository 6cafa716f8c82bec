/** Runs work for one account at a time, in order of asking: nonces and reservations never interleave. */
export type AccountLock = <T>(account: string, work: () => Promise<T>) => Promise<T>;

/** In-process lock per account; the journal's lock file keeps other processes out. */
export function createAccountLock(): AccountLock {
  const tails = new Map<string, Promise<unknown>>();
  return async (account, work) => {
    const key = account.toLowerCase();
    const before = tails.get(key) ?? Promise.resolve();
    const run = before.then(work, work);
    tails.set(
      key,
      run.catch(() => undefined),
    );
    return await run;
  };
}
