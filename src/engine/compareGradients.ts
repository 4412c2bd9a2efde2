import { openAdjoint } from '../implicit/adjoint.ts';
import { denseJacobian, exactAdjoint } from '../implicit/jacobian.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import {
  gradientAt,
  valueAndGradient,
  wantsInverse,
  type GradientMethod,
  type ValueAndGradient,
} from '../implicit/valueAndGradient.ts';
import type { LowRank } from '../numerics/lowRank.ts';
import { settingsOf } from '../numerics/settingsOf.ts';
import type { SolverOptions, SolveStatus } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import type { Params } from '../tf/params.ts';
import { readPacked } from '../tf/readback.ts';
import type { Turn } from './serve.ts';
import { adjointOptions } from './solverOptions.ts';
import type { BackwardSettings, GradientReport, GradientRow } from './protocol/protocol.ts';

/** Above this many numbers in z the reference is an adjoint solve, not a dense elimination. */
const denseLimit = 512;

/** Tight enough to be the reference for methods that are off by more than 1e-5. */
const reference: SolverOptions = {
  method: 'broyden',
  history: Infinity,
  maxIterations: 150,
  tolerance: 1e-6,
  stopMode: 'rel',
};

/** What a comparison needs; `z` and the problem are borrowed. */
export interface Comparison {
  readonly settings: BackwardSettings;
  /** Its adjoint solves iterate the maps that it names, if it does. */
  readonly problem: EquilibriumProblem;
  /** The equilibrium, or the best point towards it. */
  readonly z: tf.Tensor;
  /** What the forward solve had learnt of the inverse Jacobian there, if it learns one: SHINE has a row where there is one. */
  readonly inverse?: LowRank | undefined;
  /** Of the forward solve, that `z` is from: the depth of the unrolled network. */
  readonly iteration: number;
  readonly meter: MemoryMeter;
  readonly turn: Turn;
}

/** Every gradient method beside the exact adjoint at `z`. Throws the signal's reason once that is aborted. */
export async function compareGradients(comparison: Comparison): Promise<GradientReport> {
  const { settings, problem, z, inverse, iteration, turn } = comparison;
  const { signal, progress } = turn;
  const methods = methodsOf(settings, Math.max(1, iteration), inverse !== undefined);
  const total = methods.length + 1;
  progress({ done: 0, total, label: 'exact adjoint' });
  const { gradient: exact, status } = await exactGradient(problem, z, signal);
  const rows: GradientRow[] = [];
  try {
    for (const [label, method, evaluations] of methods) {
      signal.throwIfAborted();
      progress({ done: rows.length + 1, total, label });
      rows.push(await measure(comparison, exact, label, method, evaluations));
    }
  } finally {
    tf.dispose(exact);
  }
  return {
    rows,
    iteration,
    size: z.size,
    reference: status === undefined ? 'dense' : 'implicit',
    ...(status === undefined ? {} : { referenceStatus: status }),
  };
}

/** Label, method, and evaluations of f it makes beyond the forward solve. */
type Entry = readonly [label: string, method: GradientMethod, evaluations: number];

function methodsOf(settings: BackwardSettings, depth: number, learnt: boolean): Entry[] {
  const { terms, steps, damping } = settings;
  const solver = adjointOptions(settings);
  const { title } = settingsOf(solver.method);
  const seeded = learnt && wantsInverse({ kind: 'implicit', solver, seeded: settings.seeded });
  return [
    [`Implicit, ${title}${seeded ? ', seeded' : ''}`, { kind: 'implicit', solver, seeded }, 1],
    ...(learnt ? [['SHINE', { kind: 'shine' }, 1] as const] : []),
    ['One-step (JFB)', { kind: 'one-step' }, 1],
    [`Neumann, ${terms} terms`, { kind: 'neumann', terms }, 1],
    [`Phantom, ${steps} steps, β ${damping}`, { kind: 'phantom', steps, damping }, steps],
    [`Unrolled, depth ${depth}`, { kind: 'unrolled', depth }, depth],
  ];
}

/** The gradient by elimination, or else by an adjoint solve, whose status comes with it. */
async function exactGradient(
  problem: EquilibriumProblem,
  z: tf.Tensor,
  signal: AbortSignal,
): Promise<{ readonly gradient: Params; readonly status?: SolveStatus | undefined }> {
  if (z.size > denseLimit) {
    const method = { kind: 'implicit', solver: reference } as const;
    const { gradients, backward } = await gradientAt(problem, z, method, undefined, signal);
    backward?.z.dispose();
    return { gradient: gradients, status: backward?.status };
  }
  using adjoint = await openAdjoint(problem, z);
  const u = await exactAdjoint(await denseJacobian(adjoint.linearization, signal), adjoint.dz);
  try {
    return { gradient: adjoint.gradient(u) };
  } finally {
    u.dispose();
  }
}

async function measure(
  { problem, z, inverse, meter, turn: { signal } }: Comparison,
  exact: Params,
  label: string,
  method: GradientMethod,
  evaluations: number,
): Promise<GradientRow> {
  meter.resetPeak();
  const before = meter.sample().live;
  const started = performance.now();
  const result: ValueAndGradient =
    method.kind === 'unrolled'
      ? await valueAndGradient(problem, { forward: reference, gradient: method, signal })
      : await gradientAt(problem, z, method, undefined, signal, undefined, inverse);
  const { gradients, backward } = result;
  try {
    // Reading the comparison waits until the gradient itself is there.
    const { cosine, relativeError } = await compare(gradients, exact);
    return {
      kind: method.kind,
      label,
      cosine,
      relativeError,
      milliseconds: performance.now() - started,
      evaluations,
      backwardPasses: passes(method, backward?.evaluations ?? 0),
      peakBytes: meter.sample().peak - before,
      ...(backward ? { status: backward.status } : {}),
    };
  } finally {
    tf.dispose([gradients, backward?.z ?? []]);
  }
}

/** Backward passes through one evaluation of f, the pullback to the parameters included. */
function passes(method: GradientMethod, adjointEvaluations: number): number {
  switch (method.kind) {
    case 'implicit':
      return adjointEvaluations + 1;
    case 'shine':
    case 'one-step':
      return 1;
    case 'neumann':
      return method.terms + 1;
    case 'phantom':
      return method.steps;
    case 'unrolled':
      return method.depth;
  }
}

/** Cosine and relative error over all parameters together. */
async function compare(
  found: Params,
  exact: Params,
): Promise<{ cosine: number; relativeError: number }> {
  const sums = tf.tidy(() => {
    const names = Object.keys(exact);
    // Not addN: one kernel with an input for each parameter has more buffers than a GPU binds.
    const over = (of: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, join: typeof tf.add): tf.Tensor =>
      names
        .map((name) => of(found[name] as tf.Tensor, exact[name] as tf.Tensor))
        .reduce((all, part) => join(all, part));
    // Beside their largest number, each: no square leaves float32's range.
    const unit = (which: 0 | 1): tf.Tensor => {
      const largest = over((...pair) => tf.max(tf.abs(pair[which])), tf.maximum);
      return tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest));
    };
    const [unitA, unitB] = [unit(0), unit(1)];
    const both = tf.maximum(unitA, unitB);
    const product = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(a, b));
    return [
      over((a, b) => product(tf.div(a, unitA), tf.div(b, unitB)), tf.add),
      over((a) => tf.sum(tf.square(tf.div(a, unitA))), tf.add),
      over((_, b) => tf.sum(tf.square(tf.div(b, unitB))), tf.add),
      over((a, b) => tf.sum(tf.square(tf.div(tf.sub(a, b), both))), tf.add),
      tf.div(both, unitB),
    ];
  });
  try {
    const [ab = NaN, aa = NaN, bb = NaN, dd = NaN, ratio = NaN] = (await readPacked(sums)).map(
      ([value = NaN]) => value,
    );
    return {
      cosine: ab / Math.sqrt(aa) / Math.sqrt(bb),
      relativeError: (Math.sqrt(dd) * ratio) / Math.sqrt(bb),
    };
  } finally {
    tf.dispose(sums);
  }
}
