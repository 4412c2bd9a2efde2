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
   * Vectors of four, for each sample: its flags; whether its newest pair vanished, the unit t of the next (`unitOf`) and
   * that of the newest; t Δz's products with Δg, g and t Δz and t Δg's with itself; for each pair `v·Δg`, `v·g`, `u·Δz` and
   * `v·v`. By subgroups: in the third the new v's products instead of t Δz's, and no `v·v`.
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
