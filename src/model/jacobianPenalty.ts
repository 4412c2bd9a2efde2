import { linearize } from '../gradients/linearize.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { Adjoint } from './adjoint.ts';

/** The penalty of one probe, and its gradient with z held fixed. The caller owns the gradients. */
export interface JacobianPenalty {
  readonly value: number;
  readonly gradients: Params;
}

/**
 * Hutchinson's estimate of `‖∂f/∂z‖²_F / numel(z)` with one probe v ~ N(0, I): `‖Jᵀv‖² / numel(z)`,
 * unbiased. Added to the loss it keeps a DEQ contractive in training.
 *
 * The gradient is `2 ∇θ (vᵀ J w)` with w = Jᵀv, and `J w` is the derivative of f along w: so it is a
 * central difference of two ordinary pullbacks, good to about 1e-3 in float32. tfjs's own second
 * derivative is not used: its tape loses the path through outputs that an operation saved (tanh,
 * softmax, exp), and the result is wrong without a word.
 *
 * Borrows its arguments; `probe` has the shape of z. Call it outside any tidy.
 * Bai, Koltun, Kolter 2021, "Stabilizing equilibrium models by Jacobian regularization".
 */
export async function jacobianPenalty(
  f: (params: Params, z: tf.Tensor) => tf.Tensor,
  params: Params,
  z: tf.Tensor,
  probe: tf.Tensor,
): Promise<JacobianPenalty> {
  const here = linearize(f, params, z);
  const w = here.vjp(probe);
  here.dispose();
  const lengths = tf.tidy(() => tf.stack([tf.sum(tf.square(w)), tf.sum(tf.square(z))]));
  const [square = NaN, around = NaN] = await lengths.data();
  lengths.dispose();
  // A step of a hundredth of z: round-off is then 1e-5 of the difference, curvature 1e-4.
  const epsilon = (1e-2 * Math.max(1, Math.sqrt(around))) / Math.max(Math.sqrt(square), 1e-12);
  const pulled = [epsilon, -epsilon].map((step) => {
    const moved = tf.tidy(() => tf.add(z, tf.mul(w, step)));
    const there = linearize(f, params, moved);
    const gradients = there.vjpParams(probe);
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
  tf.dispose([w, pulled]);
  return { value: square / z.size, gradients };
}

/** A penalty to be added to a loss. */
export interface PenaltyTerm {
  /** What the estimate is multiplied by. */
  readonly weight: number;
  /** v ~ N(0, I), in the shape of z. */
  readonly probe: tf.Tensor;
}

/**
 * The gradient that `u` gives, and on top of it that of the weighted penalty, from the tape that is
 * there. A pullback is linear in its cotangent, so a forward difference costs no pullback of its
 * own at z:
 *
 * `uᵀ ∂f/∂θ + c vᵀ (∂f/∂θ at z + ε w − ∂f/∂θ at z)`, c = 2 weight / (ε numel(z)).
 *
 * In all one product Jᵀv, one evaluation and one pullback: half of what `jacobianPenalty` needs, for
 * a gradient of the penalty that is good to about a hundredth. Borrows its arguments; the caller
 * owns the gradients. Call it outside any tidy.
 */
export async function penalisedGradient(
  adjoint: Adjoint,
  u: tf.Tensor,
  z: tf.Tensor,
  { weight, probe }: PenaltyTerm,
): Promise<JacobianPenalty> {
  const w = adjoint.linearization.vjp(probe);
  const { square, there, cotangent, here } = tf.tidy(() => {
    const square = tf.sum(tf.square(w));
    const around = tf.maximum(tf.sqrt(tf.sum(tf.square(z))), 1);
    const epsilon = tf.div(tf.mul(around, reach), tf.maximum(tf.sqrt(square), 1e-12));
    const cotangent = tf.mul(probe, tf.div((2 * weight) / z.size, epsilon));
    return {
      square,
      there: tf.add(z, tf.mul(w, epsilon)),
      cotangent,
      here: tf.sub(u, cotangent),
    };
  });
  const gradients = adjoint.gradient(here, { z: there, cotangent });
  const [value = NaN] = await square.data();
  tf.dispose([w, square, there, cotangent, here]);
  return { value: value / z.size, gradients };
}

/** How far a forward difference goes, as a share of ‖z‖: curvature and round-off both stay small. */
const reach = 1e-2;
