import type { Random } from '../data/random.ts';
import type { Maps } from '../numerics/maps.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import type * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { Layout } from './layout.ts';
import type { Observation } from './observation.ts';

/** A fixed-point problem as the page shows it. It owns its parameters. */
export interface FamilyProblem extends EquilibriumProblem {
  /** What each row of the batch is. */
  readonly samples: readonly string[];
  /** How one sample's state is to be read. */
  readonly layout: Layout;
  /** Iteration maps with the fixed point of f; `plain` always. */
  readonly maps: Maps;
  /** What a state says, read back from the device. Borrows `z`. */
  observe(z: tf.Tensor): Promise<Observation[]>;
}

/** A golden file's case, opened. */
export interface OpenedGolden {
  readonly problem: FamilyProblem;
  /** The file's `z_probe` as a state. The caller owns it. */
  readonly probe: tf.Tensor;
  /** Parameters or gradients by the file's names and layouts. Borrows them. */
  toFile(record: Params): Promise<Record<string, { shape: number[]; data: Float32Array }>>;
}

/** Reads the golden files of one family. */
export interface GoldenReader {
  /** Whether a file is of this family. Never throws. */
  reads(file: unknown): boolean;
  /** Opens a file, or the case of that name. Throws an Error in words where it does not fit. */
  open(file: unknown, name?: string): OpenedGolden;
}

export type { Layout, Maps, Observation, Params, Random };
