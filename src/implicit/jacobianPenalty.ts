import { linearize } from './linearize.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { Adjoint } from './adjoint.ts';
import { readAndFree } from '../tf/readback.ts';

/** The penalty of one probe, and its gradient with z held fixed. The caller owns the gradients. */
export interface JacobianPenalty {
  readonly value: number;
  readonly gradients: Params;
}

/** Which probe a penalty is measured with. */
export interface Probe {
  /** v ~ N(0, I), in the shape of z. */
  readonly probe: tf.Tensor;
  /**
   * Products with Jᵀ that turn the probe, sample by sample and its length kept, towards what Jᵀ
   * stretches most: power iteration. 0, the default, favours no direction.
   */
  readonly power?: number | undefined;
}

/** A penalty to be added to a loss. */
export interface PenaltyTerm extends Probe {
  /** What the estimate is multiplied by. */
  readonly weight: number;
}

/**
 * `‖Jᵀv‖² / numel(z)` with J = ∂f/∂z. Added to the loss it keeps a DEQ easy to solve in training.
 *
 * With v ~ N(0, I) it is Hutchinson's estimate of `‖J‖²_F / numel(z)`, unbiased: Bai, Koltun, Kolter
 * 2021, "Stabilizing equilibrium models by Jacobian regularization". That punishes all directions
 * alike, though a solver minds only the few that are stretched. After some power steps v lies
 * along those, as in the spectral norm regularisation of Yoshida and Miyato 2017, and it is they that are
 * held down (v counts as fixed).
 *
 * The gradient is `2 ∇θ (vᵀ J w)` with w = Jᵀv, and `J w` is the derivative of f along w: so it is a
 * central difference of two ordinary pullbacks, good to about 1e-3 in float32. tfjs's own second
 * derivative is not used: its tape loses the path through outputs that an operation saved (tanh,
 * softmax, exp), and the result is wrong without a word.
 *
 * Borrows its arguments. Call it outside any tidy.
 */
export async function jacobianPenalty(
  f: (params: Params, z: tf.Tensor) => tf.Tensor,
  params: Params,
  z: tf.Tensor,
  { probe, power }: Probe,
): Promise<JacobianPenalty> {
  const here = linearize(f, params, z);
  const v = sharpened((u) => here.vjp(u), probe, power);
  const w = here.vjp(v);
  here.dispose();
  const lengths = tf.tidy(() => tf.stack([tf.sum(tf.square(w)), tf.sum(tf.square(z))]));
  const [square = NaN, around = NaN] = await readAndFree(lengths);
  // A step of a hundredth of z: round-off is then 1e-5 of the difference, curvature 1e-4.
  const epsilon = (reach * Math.max(1, Math.sqrt(around))) / Math.max(Math.sqrt(square), 1e-12);
  const pulled = [epsilon, -epsilon].map((step) => {
    const moved = tf.tidy(() => tf.add(z, tf.mul(w, step)));
    const there = linearize(f, params, moved);
    const gradients = there.vjpParams(v);
    there.dispose();
    moved.dispose();
    return gradients;
  });
  const [ahead, behind] = pulled as [Params, Params];
  const gradients = tf.tidy(() =>
    Object.fromEntries(
      Object.keys(params).map((name) => {
        const difference = tf.sub(ahead[name] as tf.Tensor, behind[name] as tf.Tensor);
        return [name, tf.div(difference, epsilon * z.size)];
      }),
    ),
  );
  tf.dispose([v, w, pulled]);
  return { value: square / z.size, gradients };
}

/** How far a difference goes, as a share of ‖z‖: curvature and round-off both stay small. */
const reach = 1e-2;

/** The probe after `power` products with Jᵀ, each sample's length as before. The caller owns it. */
function sharpened(vjp: (u: tf.Tensor) => tf.Tensor, probe: tf.Tensor, power = 0): tf.Tensor {
  let v = tf.clone(probe);
  const [batch = 1] = probe.shape;
  const length = (x: tf.Tensor): tf.Tensor => {
    const rows = tf.sqrt(tf.sum(tf.square(tf.reshape(x, [batch, -1])), 1));
    return tf.reshape(rows, [batch, ...probe.shape.slice(1).map(() => 1)]);
  };
  for (let step = 0; step < power; step++) {
    const next = tf.tidy(() => {
      const turned = vjp(v);
      const scale = tf.div(length(probe), tf.maximum(length(turned), 1e-12));
      return tf.mul(turned, scale);
    });
    v.dispose();
    v = next;
  }
  return v;
}

/**
 * The gradient that `u` gives, and on top of it that of the weighted penalty, whose value nobody has read yet, from the tape that is
 * there. A pullback is linear in its cotangent, so a forward difference costs no pullback of its
 * own at z:
 *
 * `uᵀ ∂f/∂θ + c vᵀ (∂f/∂θ at z + ε w − ∂f/∂θ at z)`, c = 2 weight / (ε numel(z)).
 *
 * In all one product Jᵀv, one evaluation and one pullback beside the power steps: half of what
 * `jacobianPenalty` needs, for a gradient of the penalty that is good to about a hundredth. Borrows its
 * arguments; the caller owns the result. Call it outside any tidy.
 */
export function penalisedGradient(
  adjoint: Pick<Adjoint, 'linearization' | 'gradient'>,
  u: tf.Tensor,
  z: tf.Tensor,
  { weight, probe, power }: PenaltyTerm,
): { readonly value: tf.Tensor; readonly gradients: Params } {
  const vjp = (cotangent: tf.Tensor): tf.Tensor => adjoint.linearization.vjp(cotangent);
  const v = sharpened(vjp, probe, power);
  const w = vjp(v);
  const { value, there, cotangent, here } = tf.tidy(() => {
    const square = tf.sum(tf.square(w));
    const around = tf.maximum(tf.sqrt(tf.sum(tf.square(z))), 1);
    const epsilon = tf.div(tf.mul(around, reach), tf.maximum(tf.sqrt(square), 1e-12));
    const cotangent = tf.mul(v, tf.div((2 * weight) / z.size, epsilon));
    const here = tf.sub(u, cotangent);
    const value = tf.div(square, z.size);
    return { value, there: tf.add(z, tf.mul(w, epsilon)), cotangent, here };
  });
  const gradients = adjoint.gradient(here, { z: there, cotangent });
  tf.dispose([v, w, there, cotangent, here]);
  return { value, gradients };
}
