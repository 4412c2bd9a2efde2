import {
  drain,
  flatten,
  freeing,
  iterate,
  run,
  sizeOf,
  type Inverses,
  type OnPoint,
  type Solution,
} from './iterate.ts';
import type { IterationMap } from './maps.ts';
import { checkOptions, openStepper } from './options.ts';
import type { IterationRecord, SolverOptions } from './solver.ts';
import type { JudgeOf } from './steppingMethod.ts';
import * as tf from '../tf/index.ts';

/** How a map was solved. */
export interface MapSolution extends Solution {
  /**
   * Per sample, the state of the map whose projected point had the lowest residual of f. The caller owns it.
   */
  readonly z: tf.Tensor;
  /** The z that this state stands for. The caller owns it. */
  readonly projected: tf.Tensor;
}

/** A solve of a map in progress; see `Iteration`. */
export type MapIteration = AsyncGenerator<IterationRecord, MapSolution, number | undefined>;

/** Where a solve of a map starts, and who looks on. */
export interface MapRun extends Inverses {
  /** A z to start at, `[batch, ...state]`; default the map's own start. Borrowed until the first record. */
  readonly z0?: tf.Tensor | undefined;
  /** Told after every look; its points are projected, so they are z of f, whatever the map. */
  readonly onPoint?: OnPoint | undefined;
  /** As `iterate`'s. */
  readonly first?: number;
}

/**
 * Iterate a map with any method: Picard, Anderson or Broyden on a splitting or a Runge–Kutta step, say. The
 * method moves the map's state; what is judged, recorded and compared is ‖f(z) − z‖ at the projected
 * point, before any damping, so that curves of all maps and methods can stand in one chart. The best point
 * is the one with the lowest such residual. (A convention that measures the step measures this map's.)
 *
 * `evaluations` counts the method's own: `map.evaluations` for each application, but one for the newest,
 * the evaluation at the point itself, until a step uses the rest. What a residual costs beside it is not counted.
 *
 * The plain map is iterated exactly as f itself is. Borrows the map; it must live until the end. Throws a
 * RangeError at once for options that make no sense.
 */
export function iterateMap(
  map: IterationMap,
  options: SolverOptions,
  running: MapRun = {},
): MapIteration {
  checkOptions(options);
  return map.name === 'plain' ? plainly(map, options, running) : runMap(map, options, running);
}

/** Run a solve of a map to its end; see `iterateMap`, and `solve` for the rest. */
export const solveMap = (
  map: IterationMap,
  options: SolverOptions,
  {
    signal,
    ...running
  }: Omit<MapRun, 'first'> & { readonly signal?: AbortSignal | undefined } = {},
): Promise<MapSolution> => drain(iterateMap(map, options, running), signal);

async function* plainly(
  map: IterationMap,
  options: SolverOptions,
  { z0, onPoint, first, ...inverses }: MapRun,
): MapIteration {
  const start = tf.tidy(() => map.start(z0));
  try {
    const f = freeing(start, map.f);
    const solution = yield* iterate(f, start, options, onPoint, first, inverses);
    return { ...solution, projected: tf.clone(solution.z) };
  } finally {
    start.dispose();
  }
}

async function* runMap(
  map: IterationMap,
  options: SolverOptions,
  { z0, onPoint, first = 1 }: MapRun,
): MapIteration {
  const start = tf.tidy(() => map.start(z0));
  try {
    const { shape } = start;
    if (start.rank < 1 || start.size === 0)
      throw new RangeError(
        `The map ${map.name} must start at [batch, ...state] with at least one number, not [${shape.join(', ')}].`,
      );
    const { flat, rows, image, calls } = flatten(
      freeing(start, (s) => map.apply(s)),
      shape,
    );
    const project = (s: tf.Tensor): tf.Tensor => tf.tidy(() => map.project(s));
    /** As z, of a state of the map that it frees. */
    const seen = (s: tf.Tensor): tf.Tensor => {
      try {
        return project(s);
      } finally {
        s.dispose();
      }
    };
    const looking: OnPoint | undefined =
      onPoint &&
      (({ best, newest, bestRecords }) => {
        onPoint({ best: () => seen(best()), newest: () => seen(newest()), bestRecords });
      });
    const open = openStepper(options, flat, () => rows(start), sizeOf(start), judgeBy(map, shape));
    const evaluations = (): number => Math.max(0, (calls.count - 1) * map.evaluations + 1);
    const solution = yield* run({ shape, options, open, image, evaluations }, first, looking);
    return { ...solution, projected: project(solution.z) };
  } finally {
    start.dispose();
  }
}

/** f's residual at the projected point; for a convention that measures steps, how far that point moves. */
function judgeBy(map: IterationMap, shape: number[]): JudgeOf {
  const [batch = 1] = shape;
  const rows = (z: tf.Tensor): tf.Tensor2D => tf.reshape(z, [batch, z.size / batch]);
  return ({ z, g }, step) => {
    const here = map.project(tf.reshape(z, shape));
    const there =
      step === undefined
        ? tf.tidy(() => map.f(here))
        : map.project(tf.reshape(tf.add(z, tf.mul(g, step)), shape));
    return { g: rows(tf.sub(there, here)), image: rows(there) };
  };
}
