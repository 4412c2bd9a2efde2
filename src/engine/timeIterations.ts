import { fullSpeed } from '../numerics/iterate.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import { breathe } from '../tf/pace.ts';
import type { BuiltProblem } from './build.ts';
import { Solving } from './solving.ts';

/** Points of one timed solve at most: enough for a solver to be past its first ones. */
const points = 24;
/** Milliseconds over `least` after which a solve is broken off. */
const patience = 30;

/**
 * Milliseconds of one iteration of the problem, as `run` makes them at full speed while nobody watches: the first ones
 * from z0, again and again until `least` milliseconds have gone, the last of them broken off where it takes much
 * longer. Nothing is told of them, and no peak counts them. Once aborted, throws the signal's reason.
 */
export function timeIterations(
  { problem, map, solver: options }: Pick<BuiltProblem, 'problem' | 'map' | 'solver'>,
  meter: MemoryMeter,
  least: number,
  signal: AbortSignal,
): Promise<number> {
  return meter.aside(async () => {
    let [made, spent] = [0, 0];
    do {
      const solving = new Solving(0, 'forward', { map, z0: problem.initialState(), options });
      try {
        const from = performance.now();
        const late = (): boolean => spent + performance.now() - from > least + patience;
        for (let k = 0; (k < points && !late()) || !solving.looked; k++) {
          if (!(await solving.next(fullSpeed))) break;
          made++;
          await breathe(signal);
        }
        spent += performance.now() - from;
      } finally {
        await solving.end();
      }
    } while (spent < least);
    return spent / made;
  });
}
