/**
 * What a family hands over to be continued in PyTorch: its part of the Python program, and a set-up's constants and
 * weights for it. `src/engine/torch` has the part that is the same for all: files, solvers, gradients, training and
 * commands. docs/pytorch.md says how the parts fit together.
 */
import { decodeSafetensors, type NamedTensor } from '../data/safetensors.ts';
import type { Experiment } from '../schema/experiment.ts';
import { weightsOf } from '../schema/weights.ts';
import type * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { OpenedProblem } from './family.ts';
import { stepIn } from './modelFile.ts';

/** A constant of the program. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A family's part of the program. */
export interface TorchFamily {
  /**
   * Python, a module-level text of its own imports and these names, beside whatever it needs (`language/program.py` is
   * the example):
   *
   * - `class Model(Equilibrium)`, made of a `config` like the constant MODEL; `parameter_names`, the names of its
   *   parameters in files, `normalised`, those that weight normalisation applies to (their first axis is the output),
   *   and the methods that `Equilibrium` lists. It starts at random weights as the page's would.
   * - batches: objects with `to(device)` and `examples`, the count that means are weighted with.
   * - `example(args, metadata)` → the page's INPUT as a batch, or what the arguments name instead, and whether it is the
   *   page's own; `add_example_arguments(parser)`.
   * - `open_task(args, metadata)` → what `train` learns: `config` for Model, `fits(config)` (whether weights of that shape
   *   fit what is asked for), `batch_at(step, carried)`, `held_out()`, `about` (a clause for the first line), `experiment` (settings of the page's that the arguments changed,
   *   `{path: value}`) and `metadata` (of the file that is written); `add_training_arguments(parser)`.
   * - LOSS_UNIT, OUTPUTS_NAME, LOSS_IS_CROSS_ENTROPY (whether e to the loss is a perplexity worth printing).
   */
  readonly source: string;
  /** What a model is called in the names of files: `transformer`. */
  readonly name: (experiment: Experiment) => string;
  /** Words on the set-up for the program's head, a line each. */
  readonly about: (experiment: Experiment) => readonly string[];
  /** The command that trains on data of one's own, as the user would type it after `python FILE`. */
  readonly trainCommand: string;
  /**
   * A set-up's model, the caller's to dispose. `weights`: the file that weights which are not random come from. Throws a
   * BadInputError in words where they are missing or unusable.
   */
  open(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel;
}

/** A set-up's model, ready to be written. */
export interface TorchModel extends Disposable {
  /** What the page solves, whose loss the program repeats. It owns the parameters. */
  readonly problem: OpenedProblem;
  /** The constant MODEL: all that `Model(config)` is made of. */
  readonly model: Json;
  /** The constant INPUT, for `example`. */
  readonly input: Json;
  /** The constant TASK: how `open_task` learns unless its arguments say otherwise, in Python's names. */
  readonly task: Json;
  /** What the weights file says beside the experiment; its values are texts. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Updates the weights have had. */
  readonly step: number;
  /** Bounds of the page for settings that `train` can change, by path: larger models stay with PyTorch. */
  readonly limits: Readonly<Record<string, readonly [least: number, most: number]>>;
  /** The parameters as the file has them, by the paper's names. */
  tensors(): Promise<Readonly<Record<string, NamedTensor>>>;
  /** What the head reads out of a state, as Python's `Model.outputs` does: logits. Call inside a tidy. */
  outputs(params: Params, z: tf.Tensor): tf.Tensor;
}

/** Updates that a set-up's weights have had; `weights`: the file of those that are not random. */
export const updatesOf = (experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): number =>
  weights && weightsOf(experiment) !== 'random' ? stepIn(decodeSafetensors(weights).metadata) : 0;

/** A number setting's bounds, for `limits`. */
export const boundsOf = ({
  min,
  max,
}: {
  readonly min: number;
  readonly max: number;
}): readonly [least: number, most: number] => [min, max];
