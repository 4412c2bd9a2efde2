import * as tf from '../../tf/index.ts';
import { evaluate, hold, type Method, type Point } from '../method.ts';
import { mixingWeights, ridgeCeiling } from './gram.ts';
import type { AndersonOptions } from './settings.ts';

type AndersonState = Point & {
  /** The last points and their residuals, newest first, at most `window` of each. */
  readonly zs: readonly tf.Tensor2D[];
  readonly gs: readonly tf.Tensor2D[];
};

/**
 * Anderson acceleration: the next point is `Σ αᵢ (zᵢ + β gᵢ)`, with the weights that minimise
 * `‖Σ αᵢ gᵢ‖² + λ‖α‖²` under `Σ αᵢ = 1` over the last `window` residuals g. The first step
 * is plain Picard, undamped, as in the reference implementations.
 *
 * Anderson 1965; Walker and Ni 2011; locuslab/torchdeq, `anderson_solver`.
 */
export function anderson(options: AndersonOptions): Method<AndersonState> {
  const { window, damping } = options;
  return {
    fallback: 'singular-system',
    // The mixing weights, newest point first, and the residuals' Gram matrix, scaled, with the ridge.
    inside: (state) => {
      if (state.zs.length < 2) return {};
      const { weights, system } = mix(state, options);
      return { values: { weights }, system };
    },
    start: (point) => ({ ...point, zs: [tf.clone(point.z)], gs: [tf.clone(point.g)] }),
    step: (f, state, moving) =>
      Promise.resolve(
        tf.tidy(() => {
          const { z, g, zs, gs } = state;
          const first = zs.length === 1 && window > 1;
          const plain = tf.add<tf.Tensor2D>(z, tf.mul(g, first ? 1 : damping));
          // Its own tidy: the stacked history is gone before f makes its intermediates.
          const mixed =
            zs.length > 1
              ? tf.tidy(() => {
                  const { z: mean, singular, singularRows } = mix(state, options);
                  return { z: tf.where(singularRows, plain, mean), singular };
                })
              : undefined;
          const point = evaluate(f, hold(mixed?.z ?? plain, z, moving));
          const keep = (ts: readonly tf.Tensor2D[]): tf.Tensor2D[] =>
            ts.slice(0, window - 1).map((t) => tf.clone(t));
          return {
            ...point,
            ...(mixed ? { fellBack: mixed.singular } : {}),
            ...(zs.length === window - 1 ? { event: 'window-full' as const } : {}),
            zs: [tf.clone(point.z), ...keep(zs)],
            gs: [tf.clone(point.g), ...keep(gs)],
          };
        }),
      ),
  };
}

function mix(
  { zs, gs }: AndersonState,
  { damping, ridge, ridgeMode }: AndersonOptions,
): {
  z: tf.Tensor2D;
  weights: tf.Tensor2D;
  system: tf.Tensor3D;
  singular: tf.Tensor1D;
  singularRows: tf.Tensor2D;
} {
  const n = gs.length;
  const positive = (x: tf.Tensor): tf.Tensor => tf.where(tf.greater(x, 0), x, tf.onesLike(x));
  // Tidies of their own: of the history at most two copies live at a time.
  const { system, alpha, singular } = tf.tidy(() => {
    const residuals = tf.stack([...gs], 1) as tf.Tensor3D;
    // Beside their largest number, and then to a mean diagonal of 1: the weights do not change, no square
    // leaves float32's range, and float32 keeps its digits.
    const largest = tf.tidy(() => positive(tf.max(tf.abs(residuals), [1, 2], true)));
    const near = tf.div<tf.Tensor3D>(residuals, largest);
    const gram = tf.matMul(near, near, false, true);
    const diagonal = positive(tf.mean(tf.sum(tf.mul(gram, tf.eye(n)), 2, true), 1, true));
    const ridges =
      ridgeMode === 'relative'
        ? tf.fill(diagonal.shape, ridge)
        : tf.div(tf.div(tf.div(ridge, largest), largest), diagonal);
    const system = tf.add<tf.Tensor3D>(
      tf.div(gram, diagonal),
      tf.mul(tf.minimum(ridges, ridgeCeiling), tf.eye(n)),
    );
    return { system, ...mixingWeights(system) };
  });
  const weights = tf.expandDims<tf.Tensor3D>(alpha, 1);
  const sum = (ts: readonly tf.Tensor2D[]): tf.Tensor2D =>
    tf.tidy(() => tf.squeeze<tf.Tensor2D>(tf.matMul(weights, tf.stack([...ts], 1)), [1]));
  return {
    z: tf.add(sum(zs), tf.mul(sum(gs), damping)),
    weights: alpha,
    system,
    singular,
    singularRows: tf.greater(tf.expandDims<tf.Tensor2D>(singular, 1), 0),
  };
}
