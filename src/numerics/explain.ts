import * as tf from '../tf/index.ts';
import { breathe } from '../tf/pace.ts';
import { readPacked } from '../tf/readback.ts';
import { conditionNumber } from './condition.ts';
import { conventionOf } from './conventions.ts';
import { iterateBy, sizeOf } from './iterate.ts';
import type { Inside, Method, Point } from './method.ts';
import { rowNorm } from './method.ts';
import { referenceMethod } from './options.ts';
import type { FixedPointMap, SolverEvent, SolverOptions } from './solver.ts';
import { steppingMethod, type LookedInto } from './steppingMethod.ts';

/** Steps up to the one asked for whose mixing systems are judged: a trend, for a few numbers each. */
const MIXINGS = 5;

/** How well one of Anderson's mixing systems determines its weights. */
export interface Mixing {
  /** The iteration that the step starts from. */
  readonly iteration: number;
  /** Condition number of the Gram matrix with its ridge, which is what is solved. */
  readonly condition: number;
  /** max |α|. */
  readonly largest: number;
}

/** A square estimate of an inverse Jacobian, row-major. */
export interface InverseEstimate {
  readonly rows: number;
  readonly data: Float32Array;
}

/**
 * One step of a solve, looked into; every number is of one sample, lengths of the whole batch where the
 * convention's norms are over the batch.
 */
export interface StepAnatomy {
  /** Absolute and relative residual at z_k, as the solve's convention has them: those of record k. */
  readonly residual: number;
  readonly relative: number;
  /** ‖f(z_k) − z_k‖₂, ‖f(z_k)‖₂ and ‖z_k‖₂ before the step. */
  readonly pull: number;
  readonly image: number;
  readonly size: number;
  /** ‖z_{k+1} − z_k‖₂. */
  readonly step: number;
  /** The absolute residual after it: that of record k + 1. */
  readonly next: number;
  /**
   * What the method made its step of, by its own names: Anderson's mixing weights, newest iterate first, or the
   * sizes of Broyden's pairs, oldest first.
   */
  readonly inside: Readonly<Record<string, readonly number[]>>;
  /** Mixing systems of the last few steps, this one the last. */
  readonly mixing?: readonly Mixing[];
  /** Dense Broyden's inverse Jacobian that makes it, square and row-major: of the whole batch, sample after sample. */
  readonly inverse?: InverseEstimate;
  /** Evaluations that the step took: more than one where a line search tried shorter steps. */
  readonly evaluations: number;
  readonly event?: SolverEvent;
}

/**
 * The step from z_k to z_{k+1} of the solve that `iterate` makes, solved again up to there by `iterate` itself with
 * reference operations, whose states can be looked into. Undefined when the solve ends before. Borrows `z0`; can be
 * interrupted.
 */
export async function explainStep(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
  { iteration, sample, signal }: { iteration: number; sample: number; signal: AbortSignal },
): Promise<StepAnatomy | undefined> {
  const within: { method?: Method; stepper?: LookedInto } = {};
  const solving = iterateBy(f, z0, options, (flat, start) => {
    const method = referenceMethod(options, flat, sizeOf(z0));
    within.method = method;
    return () => (within.stepper = steppingMethod(method, flat, start, options));
  });
  const mixing: Mixing[] = [];
  let kept: tf.Tensor[] = [];
  try {
    for (;;) {
      await breathe();
      const made = await solving.next();
      const { method, stepper } = within;
      if (made.done === true || !method || !stepper || signal.aborted) return undefined;
      const { value: record } = made;
      const { iteration: k } = record;
      // Nothing follows the last record.
      if (record.status !== 'running') return undefined;
      const state = stepper.state();
      if (k > iteration - MIXINGS) {
        const found = await mixingAt(method, state, k, sample);
        if (found) mixing.push(found);
      }
      if (k < iteration) continue;
      const inside = tf.tidy((): Inside => ({ ...method.inside?.(state) }));
      const before = [tf.clone(state.z), tf.clone(state.g)] as const;
      kept = [...tensorsOf(inside), ...before];
      const following = await solving.next();
      if (following.done === true) return undefined;
      const after = stepper.state();
      const inverse = inside.matrix && {
        rows: inside.matrix.shape[0],
        data: (await inside.matrix.data()) as Float32Array,
      };
      const fell = ((await after.fellBack?.data())?.[sample] ?? 0) > 0;
      const event = fell ? method.fallback : after.event;
      return {
        residual: record.abs[sample] ?? NaN,
        relative: record.rel[sample] ?? NaN,
        ...(await lengthsOf(before, after.z, options, sample)),
        next: following.value.abs[sample] ?? NaN,
        evaluations: following.value.evaluations - record.evaluations,
        inside: await rowsOf(inside.values ?? {}, sample),
        ...(mixing.length > 0 ? { mixing } : {}),
        ...(inverse ? { inverse } : {}),
        ...(event ? { event } : {}),
      };
    }
  } finally {
    tf.dispose(kept);
    await solving.return(undefined as never);
  }
}

/** All that a look inside made. */
const tensorsOf = ({ values = {}, ...others }: Inside): tf.Tensor[] => [
  ...Object.values(values),
  ...Object.values(others),
];

/** One sample's numbers, by name. */
async function rowsOf(
  values: Readonly<Record<string, tf.Tensor2D>>,
  sample: number,
): Promise<Record<string, readonly number[]>> {
  const rows: Record<string, readonly number[]> = {};
  for (const [name, all] of Object.entries(values)) rows[name] = (await all.array())[sample] ?? [];
  return rows;
}

/** Lengths of what a step from z to `next` is about: of one sample, or of the batch where the norms are over it. */
async function lengthsOf(
  [z, g]: readonly [tf.Tensor2D, tf.Tensor2D],
  next: tf.Tensor2D,
  options: SolverOptions,
  sample: number,
): Promise<Pick<StepAnatomy, 'pull' | 'image' | 'size' | 'step'>> {
  const rows = tf.tidy(() =>
    [g, tf.add<tf.Tensor2D>(z, g), z, tf.sub<tf.Tensor2D>(next, z)].map(rowNorm),
  );
  const lengths = await readPacked(rows);
  tf.dispose(rows);
  const whole = conventionOf(options).scope === 'batch';
  const [pull = NaN, image = NaN, size = NaN, step = NaN] = lengths.map((values) =>
    whole ? Math.hypot(...values) : (values[sample] ?? NaN),
  );
  return { pull, image, size, step };
}

/** The mixing system of the step that `state` is about to make; undefined where it makes none. */
async function mixingAt<S extends Point>(
  method: Method<S>,
  state: S,
  iteration: number,
  sample: number,
): Promise<Mixing | undefined> {
  const inside = tf.tidy((): Inside => ({ ...method.inside?.(state) }));
  const { system, values: { weights } = {} } = inside;
  try {
    if (!weights || !system) return undefined;
    const alpha = (await weights.array())[sample] ?? [];
    const rows = (await system.array())[sample] ?? [];
    const largest = Math.max(...alpha.map(Math.abs));
    return { iteration, condition: conditionNumber(rows), largest };
  } finally {
    tf.dispose(tensorsOf(inside));
  }
}
