import type { TrainAccess } from './types.ts';

const PREFIX = 'deq-run/';

/** The browser's locks, which a tab loses when it goes; missing on pages without TLS. */
const locks = (): LockManager | undefined =>
  (globalThis.navigator as Partial<Navigator> | undefined)?.locks;

/** Runs on the screens of other tabs: theirs to go on with. */
export async function runsElsewhere(mine: string | undefined): Promise<readonly string[]> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return held
    .flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []))
    .filter((id) => id !== mine);
}

/** Marks the run on screen as this tab's for as long as it is there. */
export function markRun({ subscribe }: Pick<TrainAccess, 'subscribe'>): void {
  let letGo = (): void => undefined;
  subscribe(
    ({ run }) => run?.id,
    (id) => {
      letGo();
      if (id === undefined) return;
      const gone = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      // Whoever can't have it has a run of another name; see `resume`.
      locks()
        ?.request(PREFIX + id, { ifAvailable: true }, () => gone)
        .catch(() => undefined);
    },
  );
}
