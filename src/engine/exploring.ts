import type { Experiment } from '../schema/experiment.ts';
import { namedStream, normalArray } from '../data/random.ts';
import { explainStep } from '../numerics/explain.ts';
import { iterate, fullSpeed, rehearseSolve } from '../numerics/iterate.ts';
import { rowNorm } from '../numerics/method.ts';
import { storedStates } from '../numerics/options.ts';
import type { FixedPointMap, IterationRecord, SolverOptions } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import { breathe } from '../tf/pace.ts';
import type { BuiltProblem } from './build.ts';
import { EngineFault } from './faults.ts';
import type {
  EngineEvent,
  ForkPoint,
  InspectReport,
  RaceRow,
  SolutionDistance,
  StepReport,
} from './protocol/protocol.ts';
import { medianRun, raceRounds, runInTurns, timesOf, type LaneRun } from './race.ts';
import { Replay } from './replay.ts';
import type { Turn } from './serve.ts';
import { forwardOptions } from './solverOptions.ts';
import type { Solving } from './solving.ts';
import { TrajectoryBasis } from './trajectory.ts';
import { vectorField } from './vectorField.ts';
import { warmUp } from './warmUp.ts';

/** What is being looked into. */
export interface Explored {
  readonly built: BuiltProblem;
  readonly forward: Solving;
}

/** Looks into a forward solve: its iterations made again, forks of it, other solvers beside it. */
export class Exploring {
  readonly #emit: (event: EngineEvent) => void;
  #replay: { readonly solve: number; readonly replay: Replay } | undefined;
  /** One for each sample of the replay's solve. */
  readonly #bases = new Map<number, TrajectoryBasis>();
  /** Best point of the solve that was forked last. */
  #parent: tf.Tensor | undefined;

  constructor(emit: (event: EngineEvent) => void) {
    this.#emit = emit;
  }

  /** Pictures of iterations 0 to `upTo`. */
  async inspect(
    signal: AbortSignal,
    { built, forward }: Explored,
    upTo: number,
    sample: number,
  ): Promise<InspectReport> {
    const replay = this.#replayOf(forward);
    await replay.upTo(Math.min(upTo, forward.newest?.iteration ?? 0), signal);
    const count = Math.min(replay.made, upTo + 1);
    const { shape } = forward.source.z0;
    const [batch = 1] = shape;
    const row = Math.max(0, Math.min(batch - 1, sample));
    const points = Array.from({ length: count }, (_, k) => {
      const all = replay.point(k);
      const n = all.length / batch;
      return all.subarray(row * n, (row + 1) * n);
    });
    const ended = forward.newest !== undefined && forward.newest.status !== 'running';
    const trajectory = this.#basisOf(row).project(points, ended);
    const flat = trajectory.basis === 'plane' && count > 0 && !signal.aborted;
    return {
      solve: forward.id,
      map: { tokens: built.tokens, relative: replay.relative.slice(0, count) },
      trajectory,
      ...(flat
        ? { field: await vectorField(forward.source.f, shape, row, trajectory.points) }
        : {}),
    };
  }

  /** The step from iteration k to the next. */
  async explain(
    signal: AbortSignal,
    { forward }: Explored,
    iteration: number,
    sample: number,
  ): Promise<StepReport> {
    const { f, z0, options } = forward.source;
    const step = await explainStep(f, z0, options, { iteration, sample, signal });
    if (!step)
      throw new EngineFault(
        signal.aborted ? 'cancelled' : 'bad-input',
        signal.aborted
          ? 'Stopped before that step was reached.'
          : `The solve ends at or before iteration ${iteration}: there is no step from there.`,
      );
    return { solve: forward.id, iteration, method: options.method, ...step };
  }

  /** Where a fork starts, and keeps the parent's best point. The caller owns the tensor. */
  async forkPoint(
    signal: AbortSignal,
    { forward }: Explored,
    { iteration, noise }: ForkPoint,
  ): Promise<tf.Tensor> {
    const newest = forward.newest?.iteration ?? -1;
    if (!Number.isInteger(iteration) || iteration < 0 || iteration > newest)
      throw new EngineFault(
        'bad-input',
        `There is no iteration ${iteration} to start from: the newest is ${newest}.`,
      );
    const z = await this.#replayOf(forward).state(iteration, signal);
    const start = noise ? perturbed(z, noise) : tf.clone(z);
    z.dispose();
    this.#parent?.dispose();
    this.#parent = forward.best ? tf.clone(forward.best) : undefined;
    return start;
  }

  /** From the parent's best point to this one's; null without a parent. */
  async distance({ forward }: Explored): Promise<SolutionDistance | null> {
    const [parent, best] = [this.#parent, forward.best];
    if (!parent || !best) return null;
    const sizes = tf.tidy(() => {
      const norm = (x: tf.Tensor): tf.Tensor => rowNorm(tf.reshape(x, [1, x.size]));
      return tf.concat([norm(tf.sub(best, parent)), norm(parent)]);
    });
    const [distance = NaN, size = NaN] = await sizes.data();
    sizes.dispose();
    return { distance, relative: distance / (size + 1e-9) };
  }

  /** The solvers of several experiments on one problem, from z0, one after the other. */
  async race(
    { signal, progress }: Turn,
    built: BuiltProblem,
    experiments: readonly Experiment[],
  ): Promise<RaceRow[]> {
    const z0 = built.problem.initialState();
    const rows: RaceRow[] = [];
    try {
      const lanes = experiments.map(forwardOptions);
      // Nobody is to be slowed down by a compiler.
      await warmUp(this.#emit, () => {
        for (const options of lanes) rehearseSolve(built.f, z0, options);
      });
      const total = lanes.length * (raceRounds + 1);
      let done = 0;
      const runs = await runInTurns(lanes.length, async (lane, round) => {
        const options = lanes[lane];
        if (!options || signal.aborted) return undefined;
        const run = await runLane(built.f, z0, options, signal);
        if (!run) return undefined;
        const label = round === 0 ? 'Warming up' : `Timed round ${round} of at most ${raceRounds}`;
        progress({ done: ++done, total, label });
        return run;
      });
      for (const [lane, options] of lanes.entries()) {
        const made = runs[lane] ?? [];
        const shown = medianRun(made) ?? made[0];
        if (!shown) continue;
        const { records, status, evaluations } = shown;
        const storedFloats = z0.size * storedStates(options, records.length);
        rows.push({ lane, records, status, evaluations, times: timesOf(made), storedFloats });
      }
    } finally {
      z0.dispose();
    }
    return rows;
  }

  /** Forget what was made of the forward solve, which is about to end. */
  close(keepParent = false): void {
    this.#replay?.replay[Symbol.dispose]();
    this.#replay = undefined;
    this.#bases.clear();
    if (keepParent) return;
    this.#parent?.dispose();
    this.#parent = undefined;
  }

  #basisOf(sample: number): TrajectoryBasis {
    const known = this.#bases.get(sample) ?? new TrajectoryBasis();
    this.#bases.set(sample, known);
    return known;
  }

  #replayOf(forward: Solving): Replay {
    if (this.#replay?.solve !== forward.id) {
      this.close(true);
      this.#replay = { solve: forward.id, replay: new Replay(forward.source) };
    }
    return this.#replay.replay;
  }
}

/** One solver to its end; undefined where the signal stops it. */
async function runLane(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
  signal: AbortSignal,
): Promise<(Pick<RaceRow, 'records' | 'status' | 'evaluations'> & LaneRun) | undefined> {
  const records: IterationRecord[] = [];
  const solving = iterate(f, z0, options);
  let milliseconds = 0;
  let evaluations = 0;
  for (;;) {
    if (signal.aborted) {
      await solving.return(undefined as never);
      return undefined;
    }
    // What the page gets in between is not the solver's time.
    const started = performance.now();
    const step = await solving.next(fullSpeed);
    milliseconds += performance.now() - started;
    if (step.done === true) {
      step.value.z.dispose();
      ({ evaluations } = step.value);
      break;
    }
    records.push(step.value);
    ({ evaluations } = step.value);
    await breathe();
  }
  return { records, status: records.at(-1)?.status ?? 'running', evaluations, milliseconds };
}

/** `z + size ‖z‖ ε / ‖ε‖` for each sample, with normal ε; where z is 0, noise of that size itself. */
function perturbed(z: tf.Tensor, { size, seed }: { size: number; seed: number }): tf.Tensor {
  return tf.tidy(() => {
    const [batch = 1] = z.shape;
    const flat = tf.reshape<tf.Rank.R2>(z, [batch, z.size / batch]);
    const noise = tf.tensor<tf.Rank.R2>(
      normalArray(namedStream(seed, 'perturbation'), z.size, 1),
      flat.shape,
    );
    const norm = (x: tf.Tensor2D): tf.Tensor => tf.expandDims(rowNorm(x), 1);
    const length = norm(flat);
    const scale = tf.where(tf.greater(length, 0), length, tf.onesLike(length));
    return tf.reshape(
      tf.add(flat, tf.mul(noise, tf.mul(tf.div(scale, norm(noise)), size))),
      z.shape,
    );
  });
}
