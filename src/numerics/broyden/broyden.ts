import * as tf from '../../tf/index.ts';
import { lineSearch } from '../lineSearch.ts';
import { evaluate, hold, rowNorm, type Method, type Point } from '../method.ts';
import { scaledNorm } from '../norms.ts';
import { applyInverse, newestPairs, transposed, type LowRank } from '../lowRank.ts';
import { rowDot } from '../rows.ts';
import type { BroydenOptions } from './settings.ts';

type BroydenState = Point & {
  readonly pairs?: LowRank;
  /** 1 where the newest pair vanished, so that the next step is Picard's, else 0 `[batch]`. */
  readonly vanished?: tf.Tensor1D;
};

/** |vᵀΔg| this small beside ‖v‖‖Δg‖ is float32 round-off: dividing by it would be noise. */
export const denominatorFloor = 1e-6;

/**
 * Broyden's "good" method on g(z) = f(z) − z, from an inverse Jacobian of −I, so that the
 * first step is Picard's. Each step `z + s p` with `p = −B g` adds one rank-one pair
 * (Sherman–Morrison): `v = Bᵀ Δz / ‖Bᵀ Δz‖`, `u = (Δz − B Δg) / (vᵀ Δg)`. With a `seed`, borrowed until the first
 * point, the inverse Jacobian is that one to begin with.
 *
 * Broyden 1965; Bai, Kolter, Koltun 2019, appendix; locuslab/deq, `broyden`.
 */
export function broyden(
  { rank, lineSearch: searching }: BroydenOptions,
  seed?: LowRank,
): Method<BroydenState> {
  return {
    fallback: 'vanishing-denominator',
    // ‖u‖‖v‖ of the pairs, oldest first.
    inside: ({ pairs }) =>
      pairs ? { values: { pairs: tf.mul(lengths(pairs.u), lengths(pairs.v)) } } : {},
    start: (point) => (seed ? { ...point, pairs: newestPairs(seed, rank) } : point),
    inverse: ({ pairs }) => pairs && newestPairs(pairs, rank),
    async step(f, state, moving) {
      const { pairs, vanished, z, g } = state;
      const direction = tf.tidy(() => {
        const p = tf.neg(applyInverse(pairs, g));
        // A sample whose last update vanished takes one Picard step instead.
        return vanished ? tf.where(tf.greater(tf.expandDims(vanished, 1), 0), g, p) : p;
      });
      try {
        const point = searching
          ? await lineSearch(f, state, direction, moving)
          : tf.tidy(() => evaluate(f, hold(tf.add(z, direction), z, moving)));
        try {
          return tf.tidy(() => update(state, point, rank));
        } finally {
          tf.dispose(point);
        }
      } finally {
        direction.dispose();
      }
    },
  };
}

/** The state at `point`, with the pair that the move from `state` adds. */
function update({ z, g, pairs, vanished }: BroydenState, point: Point, rank: number): BroydenState {
  const dz = tf.sub<tf.Tensor2D>(point.z, z);
  const dg = tf.sub<tf.Tensor2D>(point.g, g);
  const direction = applyInverse(pairs && transposed(pairs), dz);
  // Of length 1, so that no product below is of second order in the scale of z: u makes up for it.
  const { scale, root } = scaledNorm(direction);
  const nonzero = tf.where(tf.greater(root, 0), root, tf.onesLike(root));
  const v = tf.div<tf.Tensor2D>(
    tf.div(direction, tf.expandDims(scale, 1)),
    tf.expandDims(nonzero, 1),
  );
  const denominator = tf.expandDims<tf.Tensor2D>(rowDot(v, dg), 1);
  const floor = tf.mul(rowNorm(dg), denominatorFloor);
  const usable = tf.greater(tf.abs(denominator), tf.expandDims(floor, 1));
  const u = tf.div<tf.Tensor2D>(
    tf.sub(dz, applyInverse(pairs, dg)),
    tf.where(usable, denominator, tf.onesLike(denominator)),
  );
  const zero = tf.zerosLike(u);
  const kept = pairs?.u.shape[1] ?? 0;
  return {
    z: tf.clone(point.z),
    g: tf.clone(point.g),
    abs: tf.clone(point.abs),
    rel: tf.clone(point.rel),
    ...(vanished ? { fellBack: tf.clone(vanished) } : {}),
    vanished: tf.squeeze(
      tf.where(usable, tf.zerosLike(denominator), tf.onesLike(denominator)),
      [1],
    ),
    // It comes once, and is why a solve may fail later: a line search at the same step is less news.
    ...(kept === rank - 1
      ? { event: 'rank-limit' as const }
      : point.event
        ? { event: point.event }
        : {}),
    pairs: {
      u: append(pairs?.u, tf.where(usable, u, zero), rank),
      v: append(pairs?.v, tf.where(usable, v, zero), rank),
    },
  };
}

/** ‖row‖₂ of `[batch, rows, n]`, as `[batch, rows]`. */
const lengths = (rows: tf.Tensor3D): tf.Tensor2D => tf.sqrt(tf.sum(tf.square(rows), 2));

/** `rows` with one more row at its end, without its first when it would exceed `rank`. */
function append(rows: tf.Tensor3D | undefined, row: tf.Tensor2D, rank: number): tf.Tensor3D {
  return tf.tidy(() => {
    const last = tf.expandDims<tf.Tensor3D>(row, 1);
    if (!rows || rank === 1) return last;
    const [batch, pairs, n] = rows.shape;
    const kept = pairs < rank ? rows : tf.slice(rows, [0, 1, 0], [batch, rank - 1, n]);
    return tf.concat([kept, last], 1);
  });
}
