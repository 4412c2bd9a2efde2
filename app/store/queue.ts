import type { AppState } from './state.ts';

/** Work that waits for its turn; `wanted` turns false when it is cancelled meanwhile. */
export type Work = (wanted: () => boolean) => Promise<void>;

/** One thing at a time: what the visitor asked for in order, errands only while nothing is asked. */
export interface Queue {
  /** Starts anew with `work`; what waited before must have been abandoned. */
  readonly begin: (work: () => Promise<void>) => void;
  readonly add: (activity: AppState['activity'], work: Work) => void;
  /** Work of the page's own. Anything the visitor asks for drops or interrupts it; `name` is for `makeWay`. */
  readonly errand: (name: string, work: Work) => Promise<void>;
  /** Ends the errand that runs and drops those that wait; with a name only those of that name. */
  readonly makeWay: (name?: string) => void;
  /** Drops all that waits; what runs ends by itself. */
  readonly drop: () => void;
  /** Drops all that waits and forgets what runs: nobody may be left to finish it. */
  readonly abandon: () => void;
}

/** An empty queue. `interrupt` asks the engine to end its current command early. */
export function createQueue(options: {
  readonly setActivity: (activity: AppState['activity']) => void;
  readonly interrupt: () => void;
}): Queue {
  let tail = Promise.resolve();
  let ticket = 0;
  /** Errands that wait or run. */
  const errands = new Set<{ readonly name: string; dropped: boolean; running: boolean }>();
  let generation = 0;
  let waiting = 0;
  const makeWay = (name?: string): void => {
    for (const errand of errands) {
      if (errand.dropped || (name !== undefined && errand.name !== name)) continue;
      errand.dropped = true;
      if (errand.running) options.interrupt();
    }
  };
  return {
    begin: (work) => {
      tail = work();
    },
    add: (activity, work) => {
      makeWay();
      const mine = ticket;
      const born = generation;
      const wanted = (): boolean => mine === ticket;
      waiting++;
      options.setActivity(activity);
      tail = tail.then(async () => {
        if (wanted()) await work(wanted);
        if (born !== generation) return;
        waiting--;
        if (waiting === 0) options.setActivity('idle');
      });
    },
    errand: (name, work) => {
      const mine = { name, dropped: false, running: false };
      errands.add(mine);
      const wanted = (): boolean => !mine.dropped;
      tail = tail.then(async () => {
        try {
          mine.running = true;
          if (wanted()) await work(wanted);
        } finally {
          errands.delete(mine);
        }
      });
      return tail;
    },
    makeWay,
    drop: () => {
      ticket++;
      makeWay();
    },
    abandon: () => {
      ticket++;
      generation++;
      // Nobody is left to be interrupted.
      for (const errand of errands) errand.dropped = true;
      errands.clear();
      waiting = 0;
      options.setActivity('idle');
    },
  };
}
