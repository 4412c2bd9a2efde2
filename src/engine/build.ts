import { alphabet } from '../families/language/alphabet.ts';
import type { Experiment } from '../schema/experiment.ts';
import { trainTokenizer } from '../inputs/text/tokenizer.ts';
import { languageModel } from '../families/language/languageModel.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import { readOut } from '../families/language/readOut.ts';
import type { FixedPointMap, SolverOptions } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import { EngineFault } from './faults.ts';
import { modelConfig } from '../families/language/modelConfig.ts';
import { openModelFile, readFile, type TrainedModel } from '../families/language/modelFile.ts';
import type { Reading } from './protocol/protocol.ts';
import { textOf } from './sampling.ts';
import { forwardOptions } from './solverOptions.ts';

/** Tokens that the lens shows for each position. */
const shown = 5;

/** An experiment as objects: the only place where settings become a model and a solver. */
export interface BuiltProblem extends Disposable {
  readonly problem: EquilibriumProblem;
  /** f with the parameters and the injection of this problem closed over. */
  readonly f: FixedPointMap;
  readonly solver: SolverOptions;
  /** What each row of the batch is. */
  readonly samples: readonly string[];
  /** The text, token by token. */
  readonly tokens: readonly string[];
  /** Tokens the vocabulary lacks. */
  readonly unknown: number;
  /** With trained weights: what each position of a state predicts. Borrows the state. */
  readonly read?: (z: tf.Tensor) => Promise<Reading[]>;
}

/**
 * Build the problem on the current backend; dispose it to free its tensors. `weights` is the model
 * file that trained weights come from. Throws a fault in words when they are missing or unusable.
 */
export function build(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): BuiltProblem {
  const trained = experiment.cell.weights === 'random' ? undefined : openWeights(weights);
  const { text } = experiment.input;
  const { tokenizer, model, params } = trained ?? fresh(experiment);
  const tokens = Array.from(tokenizer.encode(text));
  // Each token predicts the next; the last one is asked for the first.
  const targets = [...tokens.slice(1), ...tokens.slice(0, 1)];
  const problem = model.problem(params, { tokens: [tokens], targets: [targets] });
  const injection = tf.tidy(() => problem.inject(params));
  const pieces = tokens.map((id) => textOf(tokenizer, id));
  return {
    problem,
    f: (z) => problem.f(params, injection, z),
    solver: forwardOptions(experiment),
    tokens: pieces,
    samples: model.config.cell === 'tanh' ? pieces : [text],
    unknown: tokens.filter((id) => id === tokenizer.unknownId).length,
    ...(trained
      ? {
          read: async (z) =>
            (await readOut(model, params, z, shown)).map((top) =>
              top.map(({ id, probability }) => ({ text: textOf(tokenizer, id), probability })),
            ),
        }
      : {}),
    [Symbol.dispose]: () => {
      tf.dispose([params, injection]);
    },
  };
}

/** Random weights, and the alphabet that every text shares. */
function fresh(experiment: Experiment): Pick<TrainedModel, 'tokenizer' | 'model' | 'params'> {
  const tokenizer = trainTokenizer('char', alphabet + experiment.input.text);
  // The Solve view has one segment, and nothing before it.
  const { cell, train } = experiment;
  const model = languageModel(modelConfig({ cell, train }, tokenizer.size));
  return { tokenizer, model, params: model.initialize(experiment.random.seed) };
}

function openWeights(weights: Uint8Array<ArrayBuffer> | undefined): TrainedModel {
  if (!weights)
    throw new EngineFault(
      'bad-input',
      'The trained weights of this set-up are not here. Choose random weights, or train a model.',
    );
  return openModelFile(readFile(weights));
}
