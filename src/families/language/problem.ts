import { BadInputError } from '../../data/badInput.ts';
import { trainTokenizer } from '../../inputs/text/tokenizer.ts';
import { flowMaps } from '../../numerics/flowMaps.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { OpenedProblem } from '../family.ts';
import { onePart } from '../layout.ts';
import type { TokensObservation } from '../observation.ts';
import { alphabet } from './alphabet.ts';
import { languageModel } from './languageModel.ts';
import { modelConfig } from './modelConfig.ts';
import { openModelFile, type TrainedText } from './modelFile.ts';
import { readFile } from '../modelFile.ts';
import { readOut } from './readOut.ts';
import { textOf } from './tokenText.ts';

/** Candidates that are said of each position. */
const shown = 5;

/**
 * The problem of an experiment's text: each token predicts the next. Observes what the positions predict
 * where the weights are trained; random ones have nothing to say.
 */
export function openText(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): OpenedProblem {
  const trained = experiment.cell.weights !== 'random';
  const { tokenizer, model, params } = trained ? openWeights(weights) : fresh(experiment);
  const { text } = experiment.input;
  const tokens = Array.from(tokenizer.encode(text));
  // The last one is asked for the first.
  const targets = [...tokens.slice(1), ...tokens.slice(0, 1)];
  const problem = model.problem(params, { tokens: [tokens], targets: [targets] });
  const injection = tf.tidy(() => problem.inject(params));
  const pieces = tokens.map((id) => textOf(tokenizer, id));
  const start = (): tf.Tensor => problem.initialState();
  const z0 = start();
  const rows = rowsOf(z0.shape, text, pieces);
  z0.dispose();
  return {
    ...problem,
    ...rows,
    notes: unknownNote(tokens.filter((id) => id === tokenizer.unknownId).length),
    maps: flowMaps((z) => problem.f(params, injection, z), start),
    observes: trained,
    observe: async (z) => (trained ? [await predictions({ tokenizer, model, params }, z)] : []),
    [Symbol.dispose]: () => {
      tf.dispose([params, injection]);
    },
  };
}

/** Random weights, and the alphabet that every text shares. */
function fresh(experiment: Experiment): TrainedText {
  const tokenizer = trainTokenizer('char', alphabet + experiment.input.text);
  // The Solve view has one segment, and nothing before it.
  const model = languageModel(modelConfig(experiment, tokenizer.size));
  return { tokenizer, model, params: model.initialize(experiment.random.seed) };
}

function openWeights(weights: Uint8Array<ArrayBuffer> | undefined): TrainedText {
  if (!weights)
    throw new BadInputError(
      'The trained weights of this set-up are not here. Choose random weights, or train a model.',
    );
  return openModelFile(readFile(weights));
}

/** What the rows of a state `[batch, ...]` are: the text as one sequence, or each token by itself. */
function rowsOf(
  [, ...state]: readonly number[],
  text: string,
  pieces: readonly string[],
): Pick<OpenedProblem, 'samples' | 'samplesAre' | 'layout'> {
  return state.length === 2
    ? { samples: [text], layout: onePart('z', state, ['tokens', 'features'], { tokens: pieces }) }
    : { samples: pieces, samplesAre: 'tokens', layout: onePart('z', state, ['features']) };
}

function unknownNote(count: number): readonly string[] {
  if (count === 0) return [];
  const [characters, verb] =
    count === 1
      ? ['character', 'isn’t in the alphabet and is']
      : ['characters', 'aren’t in the alphabet and are'];
  return [`${count} ${characters} ${verb} read as “unknown”.`];
}

async function predictions(
  { model, params, tokenizer }: TrainedText,
  z: tf.Tensor,
): Promise<TokensObservation> {
  const positions = await readOut(model, params, z, shown);
  return {
    kind: 'tokens',
    name: 'Predictions',
    positions: positions.map((top) =>
      top.map(({ id, probability }) => ({ text: textOf(tokenizer, id), probability })),
    ),
  };
}
