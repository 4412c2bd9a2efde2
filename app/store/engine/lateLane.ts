/**
 * The Solve view's lane before its code is there. The first paint shows a recorded run, and whatever is asked of an engine
 * waits for a worker many times as large, so what drives one is fetched beside it.
 */
import { loadPart } from '../../parts/loadPart.ts';
import type { StartEngine } from './lane.ts';
import { faultOf } from './faults.ts';
import type { createSolveLane, SolveLane, SolveLaneOptions } from './solveLane.ts';
import type * as Solving from './solving.ts';

/** The code, once it has come. */
let solving: typeof Solving | null = null;

/** Fetches what drives engines; whoever starts one of its own has to have waited for it. Rejects as `loadPart` does. */
export const fetchSolving = async (): Promise<typeof Solving> =>
  (solving ??= await loadPart(() => import('./solving.ts'), { draws: false }));

/** Starts a worker with an engine. Throws where the code has not been fetched. */
export const startEngine: StartEngine = (onEvent) => {
  if (!solving) throw new Error('What drives the engine has not been fetched.');
  return solving.startEngine(onEvent);
};

/**
 * What is asked meanwhile is asked of the lane when it has come, in its order. Where that can't be had, that is the fault
 * which the page shows, as of an engine that does not start; restarting it tries again. With `given` there is no need to fetch.
 */
export function createLateLane(
  options: SolveLaneOptions,
  given: typeof createSolveLane | undefined,
  load: () => Promise<{ readonly createSolveLane: typeof createSolveLane }> = fetchSolving,
): SolveLane {
  const { get, set } = options;
  let lane = given?.(options);
  if (lane) return lane;
  let coming: Promise<SolveLane> | null = null;
  /** Goes up when what was asked so far is void. */
  let generation = 0;
  const soon = (): Promise<SolveLane> => {
    if (coming) return coming;
    set({ engine: 'starting', fault: null });
    const made = load().then((code) => {
      lane = code.createSolveLane(options);
      // It starts from there.
      set({ engine: 'off' });
      lane.start();
      return lane;
    });
    coming = made;
    made.catch((error: unknown) => {
      coming = null;
      generation++;
      set({ engine: 'stopped', activity: 'idle', fault: faultOf(error) });
    });
    return made;
  };
  /** Does what was asked, unless it has become void, or was told to have failed. */
  const later = (act: (lane: SolveLane) => void | Promise<void>): Promise<void> => {
    const mine = generation;
    return soon().then(
      (made) => (mine === generation ? act(made) : undefined),
      () => undefined,
    );
  };
  return {
    start: () => {
      if (lane) lane.start();
      else if (get().engine !== 'stopped') void later(() => undefined);
    },
    restart: () => {
      if (lane) lane.restart();
      else void later(() => undefined);
    },
    ask: (task) => (lane ? lane.ask(task) : soon().then((made) => made.ask(task))),
    enqueue: (activity, task) => {
      if (lane) {
        lane.enqueue(activity, task);
        return;
      }
      if (get().engine === 'stopped') return;
      set({ activity });
      void later((made) => {
        made.enqueue(activity, task);
      });
    },
    unseen: (task) => (lane ? lane.unseen(task) : later((made) => made.unseen(task))),
    errand: async (name, task) => {
      if (lane) return lane.errand(name, task);
      if (get().engine !== 'stopped') await later((made) => made.errand(name, task));
    },
    endErrands: (name) => {
      lane?.endErrands(name);
    },
    cancel: () => {
      if (lane) {
        lane.cancel();
        return;
      }
      generation++;
      set({ activity: 'idle' });
    },
    flush: () => {
      lane?.flush();
    },
  };
}
