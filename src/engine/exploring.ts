import type { Experiment } from '../schema/experiment.ts';
import { namedStream, normalArray } from '../data/random.ts';
import { explainStep } from '../numerics/explain.ts';
import { fullSpeed, rehearseSolve, sizeOf } from '../numerics/iterate.ts';
import { iterateMap } from '../numerics/iterateMap.ts';
import type { StateSize } from '../numerics/kind.ts';
import type { IterationMap } from '../numerics/maps.ts';
import { rowNorm } from '../numerics/method.ts';
import { storedStates } from '../numerics/options.ts';
import type { IterationRecord, SolverOptions } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import { breathe } from '../tf/pace.ts';
import { openMap, type BuiltProblem } from './build.ts';
import { EngineFault } from './faults.ts';
import { filmOf } from './film.ts';
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
import { rowsOf } from './stateRows.ts';
import { TrajectoryBasis } from './trajectory.ts';
import { vectorField } from './vectorField.ts';
import { rehearseMap, warmUp } from './warmUp.ts';
import { readAndFree } from '../tf/readback.ts';

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
    const replay = this.#replayOf({ built, forward });
    const { rows } = replay;
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
      map: { kind: rows.kind, rows: rows.labels, relative: replay.relative.slice(0, count) },
      trajectory,
      film: filmOf(built.problem.layout, points),
      ...(flat
        ? { field: await vectorField(forward.source.map.f, shape, row, trajectory.points) }
        : {}),
    };
  }

  /** Says what the states of those iterations say, of those that there are. Throws the signal's reason. */
  async observe(
    signal: AbortSignal,
    { built, forward }: Explored,
    iterations: readonly number[],
  ): Promise<void> {
    const { problem } = built;
    const newest = forward.newest?.iteration ?? -1;
    const replay = this.#replayOf({ built, forward });
    for (const iteration of iterations.filter((k) => k <= newest)) {
      const z = await replay.state(iteration, signal);
      try {
        const observations = await problem.observe(z);
        this.#emit({ event: 'observed', solve: forward.id, iteration, observations });
      } finally {
        z.dispose();
      }
      await breathe(signal);
    }
  }

  /** The step from iteration k to the next. */
  async explain(
    signal: AbortSignal,
    { forward }: Explored,
    iteration: number,
    sample: number,
  ): Promise<StepReport> {
    const { map, z0, options } = forward.source;
    // Of another map the step is explained in the map's own terms; where it ends was judged by f.
    const step = await (map.name === 'plain'
      ? explainStep(map.f, z0, options, { iteration, sample, signal })
      : explainMapStep(map, z0, options, { iteration, sample, signal }));
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
    { built, forward }: Explored,
    { iteration, noise }: ForkPoint,
  ): Promise<tf.Tensor> {
    const newest = forward.newest?.iteration ?? -1;
    if (!Number.isInteger(iteration) || iteration < 0 || iteration > newest)
      throw new EngineFault(
        'bad-input',
        `There is no iteration ${iteration} to start from: the newest is ${newest}.`,
      );
    const z = await this.#replayOf({ built, forward }).state(iteration, signal);
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
    const [distance = NaN, size = NaN] = await readAndFree(sizes);
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
    const lanes: Lane[] = [];
    try {
      for (const experiment of experiments)
        lanes.push({
          map: openMap(built.problem, experiment),
          options: forwardOptions(experiment),
        });
      // Nobody is to be slowed down by a compiler.
      await warmUp(this.#emit, () => {
        for (const { map, options } of lanes)
          if (map.name === 'plain') rehearseSolve(map.f, z0, options);
          else rehearseMap(map, options);
      });
      const total = lanes.length * (raceRounds + 1);
      let done = 0;
      const runs = await runInTurns(lanes.length, async (lane, round) => {
        const racing = lanes[lane];
        if (!racing || signal.aborted) return undefined;
        const run = await runLane(racing, z0, signal);
        if (!run) return undefined;
        const label = round === 0 ? 'Warming up' : `Timed round ${round} of at most ${raceRounds}`;
        progress({ done: ++done, total, label });
        return run;
      });
      for (const [lane, { map, options }] of lanes.entries()) {
        const made = runs[lane] ?? [];
        const shown = medianRun(made) ?? made[0];
        if (!shown) continue;
        const { records, status, evaluations } = shown;
        const state = stateSize(map, z0);
        const { samples, numbers } = state;
        const storedFloats = samples * numbers * storedStates(options, records.length, state);
        rows.push({ lane, records, status, evaluations, times: timesOf(made), storedFloats });
      }
    } finally {
      for (const { map } of lanes) map.dispose?.();
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

  #replayOf({ built, forward }: Explored): Replay {
    if (this.#replay?.solve !== forward.id) {
      this.close(true);
      const replay = new Replay(forward.source, rowsOf(built.problem));
      this.#replay = { solve: forward.id, replay };
    }
    return this.#replay.replay;
  }
}

/** A racer. */
interface Lane {
  readonly map: IterationMap;
  readonly options: SolverOptions;
}

/** Numbers of a map's state; a map may carry more than z. */
function stateSize(map: IterationMap, z0: tf.Tensor): StateSize {
  const start = tf.tidy(() => map.start(z0));
  const size = sizeOf(start);
  start.dispose();
  return size;
}

/** The step of a solve of a map from its iteration k, in the map's own state. */
async function explainMapStep(
  map: IterationMap,
  z0: tf.Tensor,
  options: SolverOptions,
  asked: Parameters<typeof explainStep>[3],
): ReturnType<typeof explainStep> {
  const start = tf.tidy(() => map.start(z0));
  try {
    return await explainStep((s) => map.apply(s), start, { ...options, tolerance: 0 }, asked);
  } finally {
    start.dispose();
  }
}

/** One solver to its end; undefined where the signal stops it. */
async function runLane(
  { map, options }: Lane,
  z0: tf.Tensor,
  signal: AbortSignal,
): Promise<(Pick<RaceRow, 'records' | 'status' | 'evaluations'> & LaneRun) | undefined> {
  const records: IterationRecord[] = [];
  const solving = iterateMap(map, options, { z0 });
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
      tf.dispose([step.value.z, step.value.projected]);
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
