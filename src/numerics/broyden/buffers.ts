import type * as tf from '../../tf/index.ts';

/** Buffers of one solve. */
export interface BroydenBuffers {
  /** Pairs `[batch, rank, n]`, a ring: the newest takes the oldest one's place. */
  readonly u: tf.Tensor3D;
  readonly v: tf.Tensor3D;
  /** Residual of the point before `[batch, n]`. */
  readonly g: tf.Tensor;
  /** The step to the newest point `[batch, n]`. */
  readonly dz: tf.Tensor;
  /**
   * Vectors of four, for each sample: its flags; whether its newest pair vanished and the unit of the next (`unitOf`); for each pair
   * `v·Δg`, `v·g` and `u·Δz`; for each part of the new pair's sums `v·v`, `v·Δg`, `v·g` and `Δg·Δg`.
   */
  readonly work: tf.Tensor;
  readonly stride: number;
  readonly rank: number;
  /** Pairs that were there to begin with. */
  readonly seeded: number;
}

/** Where the newest pair goes and how many there were before it, when iteration k moves on. */
export function place(
  iteration: number,
  { rank, seeded }: Pick<BroydenBuffers, 'rank' | 'seeded'>,
): { slot: number; pairs: number } {
  const before = Math.max(0, iteration - 2) + seeded;
  return { slot: before % rank, pairs: Math.min(before, rank) };
}
