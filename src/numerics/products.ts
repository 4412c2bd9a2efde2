import * as tf from '../tf/index.ts';
import { fusedOn } from '../tf/fused.ts';
import { readAndFree } from '../tf/readback.ts';
import { record, type Recording } from '../tf/tape.ts';
import { rowNorm, type FlatMap } from './method.ts';
import { productsTogether, type ProductsBy } from './productSettings.ts';

/** Products with the Jacobian J of f at one point, on states `[batch, n]`. Fresh tensors; dispose it to free its tape. */
export interface Products extends Disposable {
  /** How `jvp` is made. */
  readonly by: ProductsBy;
  /** J v of each sample. */
  jvp(v: tf.Tensor2D): tf.Tensor2D;
  /** Jᵀ u of each sample; absent where f is only known to be affine. */
  readonly vjp?: (u: tf.Tensor2D) => tf.Tensor2D;
}

/** Linearize f at `z [batch, n]`; counts as the evaluations that it makes. */
export type Linearize = (z: tf.Tensor2D, by?: Exclude<ProductsBy, 'linear'>) => Promise<Products>;

/** What the first tape of an f said of forward products: it holds for its other points too, being of its operations. */
export interface Trial {
  /** Whether the pullback of the pullback is J v; absent until a tape has shown it. */
  pullsTwice?: boolean;
}

/**
 * The Jacobian of f at `z` by what there is: f's own linear part, or the tape of one evaluation, which is replayed
 * for each product. Forward products are then the pullback of the pullback, unless `by` says otherwise or there
 * are kernels at work, whose gradients have no gradients; and they are tried once against Jᵀ, because a tape can
 * lose a path without a word: `trial` keeps what came of it. Call it outside any tidy and any gradient. Borrows z until it is disposed.
 */
export async function openProducts(
  f: FlatMap,
  z: tf.Tensor2D,
  by: Exclude<ProductsBy, 'linear'> = 'pullback',
  trial: Trial = {},
): Promise<Products> {
  const { linear } = f;
  if (linear) return { by: 'linear', jvp: linear, [Symbol.dispose]: () => undefined };
  const tape = record((inputs) => f(inputs.z as tf.Tensor2D), { z });
  const vjp = (u: tf.Tensor2D): tf.Tensor2D =>
    (tape.pullback(u, ['z']).z as tf.Tensor2D | undefined) ?? tf.zerosLike(z);
  const twice = by === 'pullback' && !fusedOn() ? await pullTwice(vjp, z, trial) : undefined;
  const jvp = (v: tf.Tensor2D): tf.Tensor2D => {
    if (!twice) return difference(f, z, v);
    return (twice.pullback(v, ['u']).u as tf.Tensor2D | undefined) ?? tf.zerosLike(v);
  };
  return {
    by: twice ? 'pullback' : 'difference',
    jvp,
    vjp,
    [Symbol.dispose]: () => {
      twice?.[Symbol.dispose]();
      tape[Symbol.dispose]();
    },
  };
}

/** The tape of u ↦ Jᵀu, whose pullback is v ↦ J v; none where operations on the way have no second gradient. */
async function pullTwice(
  vjp: (u: tf.Tensor2D) => tf.Tensor2D,
  z: tf.Tensor2D,
  trial: Trial,
): Promise<Recording<'u'> | undefined> {
  if (trial.pullsTwice === false) return undefined;
  const u = tf.tidy(() => probe(z));
  let tape: Recording<'u'> | undefined;
  try {
    tape = record((inputs) => vjp(inputs.u as tf.Tensor2D), { u });
    if (trial.pullsTwice === true) return tape;
    // ⟨w, J v⟩ = ⟨Jᵀw, v⟩, in size beside the products' lengths.
    const test = tf.tidy(() => {
      const [w, v] = [u, tf.add<tf.Tensor2D>(u, 0.5)];
      const forward = (tape?.pullback(v, ['u']).u ?? tf.zerosLike(v)) as tf.Tensor2D;
      const backward = vjp(w);
      const size = tf.add(lengthProduct(forward, w), lengthProduct(backward, v));
      return tf.stack([tf.sum(tf.mul(w, forward)), tf.sum(tf.mul(backward, v)), tf.sum(size)]);
    });
    const [forward = NaN, backward = NaN, size = NaN] = await readAndFree(test);
    if (!(Math.abs(forward - backward) > 1e-3 * size)) {
      // Where J is 0 nothing is lost, and nothing shown.
      if (size > 0) trial.pullsTwice = true;
      return tape;
    }
  } catch {
    // An operation without a second gradient: differences do it, and `by` says so.
  } finally {
    u.dispose();
  }
  tape?.[Symbol.dispose]();
  trial.pullsTwice = false;
  return undefined;
}

/** Numbers without a pattern that a map could share, the same every time. Call inside a tidy. */
const probe = (z: tf.Tensor2D): tf.Tensor2D =>
  tf.tensor(
    Float32Array.from({ length: z.size }, (_, i) => Math.sin(12.9898 * (i + 1) + 4.1)),
    z.shape,
  );

const lengthProduct = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor => tf.mul(rowNorm(a), rowNorm(b));

/** How far a difference goes beside ‖z‖: curvature and round-off both stay small. */
const reach = 5e-3;

/** J v as a central difference, each sample with a step of its own. */
function difference(f: FlatMap, z: tf.Tensor2D, v: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const length = rowNorm(v);
    const safe = tf.where(tf.greater(length, 0), length, tf.onesLike(length));
    const epsilon = tf.expandDims(tf.mul(tf.maximum(rowNorm(z), 1), reach), 1);
    const direction = tf.div(v, tf.expandDims(safe, 1));
    const step = tf.mul<tf.Tensor2D>(direction, epsilon);
    const change = tf.sub(f(tf.add(z, step)), f(tf.sub(z, step)));
    return tf.mul(tf.div(change, tf.mul(epsilon, 2)), tf.expandDims(length, 1));
  });
}

/**
 * The blocks ∂f_b/∂z_b of the Jacobian on the host, `[batch][n · n]` row-major: n products, which all samples
 * share because they do not influence each other.
 */
export const denseBlocks = (
  { jvp, vjp }: Pick<Products, 'jvp' | 'vjp'>,
  shape: readonly [number, number],
  pause: () => Promise<void>,
): Promise<Float32Array[]> =>
  vjp ? blocksBy(vjp, 'rows', shape, pause) : blocksBy(jvp, 'columns', shape, pause);

/** The same by products Jᵀu, which give rows, or J v, which give columns; `pause` comes before some of them. */
export async function blocksBy(
  product: (v: tf.Tensor2D) => tf.Tensor2D,
  gives: 'rows' | 'columns',
  [batch, n]: readonly [number, number],
  pause: () => Promise<void>,
): Promise<Float32Array[]> {
  const blocks = Array.from({ length: batch }, () => new Float32Array(n * n));
  for (let from = 0; from < n; from += productsTogether) {
    await pause();
    const count = Math.min(productsTogether, n - from);
    const made = tf.tidy(() =>
      tf.stack(
        Array.from({ length: count }, (_, i) => {
          const unit = new Float32Array(batch * n);
          for (let sample = 0; sample < batch; sample++) unit[sample * n + from + i] = 1;
          return tf.tidy(() => product(tf.tensor(unit, [batch, n])));
        }),
      ),
    );
    const numbers = await readAndFree(made);
    for (let i = 0; i < count; i++)
      for (const [sample, block] of blocks.entries())
        for (let j = 0; j < n; j++) {
          const at = gives === 'rows' ? (from + i) * n + j : j * n + from + i;
          block[at] = numbers[(i * batch + sample) * n + j] as number;
        }
  }
  return blocks;
}
