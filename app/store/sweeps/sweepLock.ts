/** One tab sweeps at a time: two would slow each other, and the times they measure. */

/** A lock over all tabs of this page. */
export interface SweepLock {
  /** Has `work` done while no other tab sweeps; resolves with false, at once, where one does. */
  readonly hold: (work: () => Promise<void>) => Promise<boolean>;
  /** Whether some tab sweeps now. */
  readonly isHeld: () => Promise<boolean>;
}

const NAME = 'deq-sweep';

/** The browser's lock, which a tab loses when it goes. Pages without TLS have none: there every tab is alone. */
export const sweepLock: SweepLock = {
  hold: async (work) => {
    const locks = browserLocks();
    if (!locks) {
      await work();
      return true;
    }
    let had = false;
    await locks.request(NAME, { ifAvailable: true }, async (lock) => {
      had = lock !== null;
      if (had) await work();
    });
    return had;
  },
  isHeld: async () => {
    const { held = [] } = (await browserLocks()?.query()) ?? {};
    return held.some(({ name }) => name === NAME);
  },
};

const browserLocks = (): LockManager | undefined =>
  (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
