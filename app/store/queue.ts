import type { AppState } from './state.ts';

/** Work that waits for its turn; `wanted` turns false when it is cancelled meanwhile. */
export type Work = (wanted: () => boolean) => Promise<void>;

/** One thing at a time: what the visitor asked for in order, errands only while nothing is asked. */
export interface Queue {
  /** Starts anew with `work`; what waited before must have been abandoned. */
  readonly begin: (work: () => Promise<void>) => void;
  readonly add: (activity: AppState['activity'], work: Work) => void;
  /** Work of the page's own. Anything the visitor asks for drops or interrupts it. */
  readonly errand: (work: Work) => Promise<void>;
  /** Ends the errand that runs and drops those that wait. */
  readonly makeWay: () => void;
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
  let errands = 0;
  let onErrand = false;
  let generation = 0;
  let waiting = 0;
  const makeWay = (): void => {
    errands++;
    if (onErrand) options.interrupt();
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
    errand: (work) => {
      const mine = errands;
      const born = generation;
      const wanted = (): boolean => mine === errands && born === generation;
      tail = tail.then(async () => {
        if (!wanted()) return;
        onErrand = true;
        try {
          await work(wanted);
        } finally {
          onErrand = false;
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
      errands++;
      generation++;
      onErrand = false;
      waiting = 0;
      options.setActivity('idle');
    },
  };
}
