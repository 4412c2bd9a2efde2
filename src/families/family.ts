import type { Random } from '../data/random.ts';
import type { Maps, OpenMap } from '../numerics/maps.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import type * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { Experiment } from '../schema/experiment.ts';
import type { FamilySettings } from '../schema/family.ts';
import type { Axis, Layout } from './layout.ts';
import type { Observation } from './observation.ts';
import type { FamilyId } from './settings.ts';
import type { TorchFamily } from './torch.ts';
import type { FamilyTraining } from './training.ts';

/** A fixed-point problem as the page shows it. It owns its parameters. */
export interface FamilyProblem extends EquilibriumProblem {
  /** What each row of the batch is. */
  readonly samples: readonly string[];
  /** How one sample's state is to be read. */
  readonly layout: Layout;
  /** Iteration maps with the fixed point of f; `plain` always. */
  readonly maps: Maps;
  /**
   * Maps with the fixed point of u = Jᵀu + dL/dz at `z`, by the names of `maps`: the adjoint solve iterates that of the
   * forward solve, and where there is none, Jᵀu + dL/dz itself. Both tensors are borrowed as long as the maps live.
   */
  adjointMaps?(z: tf.Tensor, dz: tf.Tensor): Readonly<Partial<Record<string, OpenMap>>>;
  /**
   * The same maps of the same parameters, which are borrowed, with what they share still to be made: as a step of training
   * finds them, whose weights are new. Dispose of them after the maps that were opened. Absent where maps share nothing.
   */
  mapsAnew?(): Pick<FamilyProblem, 'maps' | 'adjointMaps'> & Disposable;
  /** What a state says, read back from the device. Borrows `z`. */
  observe(z: tf.Tensor): Promise<Observation[]>;
}

/** The problem of a set-up; dispose it to free its parameters and all else it keeps. */
export interface OpenedProblem extends FamilyProblem, Disposable {
  /** What its user should know of it, a sentence each: that characters were read as "unknown", say. */
  readonly notes: readonly string[];
  /** What its samples are entries of, where they are: a text's tokens, each solved by itself. */
  readonly samplesAre?: Axis;
  /**
   * The problem of a set-up that differs in the family's inputs alone, without weights opened anew. It takes over all that
   * this one owns, so that only the new one is to be used and disposed of. Absent where that saves nothing.
   */
  given?(experiment: Experiment): OpenedProblem;
  /** Whether `observe` says anything: then every point of a solve is looked at, which costs it a read-back. */
  readonly observes: boolean;
}

/** What a family does: all that the engine knows of it. A family's `index.ts` exports it. */
export interface FamilyEngine {
  /**
   * Fetches what `open` needs beside the weights, to be awaited before it. Rejects in words where it is not to be had.
   * Absent where it needs nothing.
   */
  prepare?(experiment: Experiment): Promise<void>;
  /**
   * The problem of a set-up of the family, on the current backend. `weights` is the file that weights which
   * are not random come from. Throws a BadInputError in words where they are missing or unusable.
   */
  open(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): OpenedProblem;
  /**
   * A small problem that needs the family's fused kernels, with a state of 5 rows: whether they are right on a
   * device is seen in it. The caller owns its parameters. Absent where it has none of its own.
   */
  readonly kernelSample?: () => EquilibriumProblem;
  /** How it is trained; absent where nothing of it is. */
  readonly training?: FamilyTraining;
  /** Files of weights that the Solve view opens and writes; absent where there are none. */
  readonly weightsFiles?: WeightsFiles;
  /** How it goes on in PyTorch, loaded at the first call; absent where it does not. */
  readonly torch?: () => Promise<TorchFamily>;
}

/** What a file of weights makes of a set-up. */
export interface WeightsRead {
  /** The set-up with the shape, and whatever else the file says of its model. */
  readonly experiment: Experiment;
  /** What the weights are, and what the file does not say, in a sentence or two. */
  readonly about: string;
}

/** Weights alone, by the names that the family's paper has for them. */
export interface WeightsFiles {
  /** Looks a file over and keeps nothing. Throws a BadInputError that says what does not fit. */
  readonly read: (experiment: Experiment, file: Uint8Array<ArrayBuffer>) => WeightsRead;
  /** The parameters of a set-up's problem as a file. Borrows them. */
  readonly write: (experiment: Experiment, params: Params) => Promise<Uint8Array<ArrayBuffer>>;
}

/** A model family as the library and the engine list it. */
export interface Family {
  /** Its name in links, `problem.family`. */
  readonly id: FamilyId;
  readonly title: string;
  /** Its words and the table of its settings. */
  readonly settings: FamilySettings;
  /** Its code, loaded at the first call. */
  load(): Promise<FamilyEngine>;
  /** Loads it and opens a set-up of it; see `FamilyEngine.open`. */
  open(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): Promise<OpenedProblem>;
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
