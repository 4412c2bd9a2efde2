import { trainTokenizer } from '../../inputs/text/tokenizer.ts';
import { fields } from '../../schema/fields.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { readFile } from '../modelFile.ts';
import { boundsOf, type Json, type TorchFamily, type TorchModel } from '../torch.ts';
import { alphabet } from './alphabet.ts';
import { languageModel } from './languageModel.ts';
import { modelConfig } from './modelConfig.ts';
import { textMetadata, tokenizerOf } from './modelFile.ts';
import { openText } from './problem.ts';
import source from './program.py?raw';

/** Language models in PyTorch: transformer, TrellisNet and tanh, by locuslab/deq's names. */
export const languageTorch: TorchFamily = {
  source,
  name: ({ cell }) => cell.kind,
  about: ({ cell, input }) => [
    `A ${cell.kind} language model of width ${String(cell.width)}, solved for the text`,
    JSON.stringify(input.text),
  ],
  trainCommand: 'train --text FILE.txt',
  open: openTorch,
};

function openTorch(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel {
  const { cell, train, data, input } = experiment;
  const random = cell.weights === 'random';
  const head = random || !weights ? undefined : readFile(weights);
  const problem = openText(experiment, weights);
  const tokenizer = head
    ? tokenizerOf(head.metadata)
    : trainTokenizer('char', alphabet + input.text);
  // A file's weights have the shape that the file says.
  const owner = head?.experiment ?? experiment;
  const model = languageModel(modelConfig(owner, tokenizer.size));
  return {
    problem,
    model: shapeOf(owner, tokenizer.size),
    input: { text: input.text },
    task: {
      ...{ batch: train.batch, length: train.length, memory: train.memory },
      ...{ dropout: train.dropout, tokenizer: data.tokenizer, merges: data.merges },
    },
    metadata: textMetadata(tokenizer),
    step: head?.step ?? 0,
    limits: limitsOf(['width', 'inner', 'kernel'], ['batch', 'length', 'memory', 'dropout']),
    tensors: () => model.toTorch(problem.params),
    outputs: (params, z) => model.logits(params, z),
    [Symbol.dispose]: () => {
      problem[Symbol.dispose]();
    },
  };
}

/** What Python's `Model(config)` is made of. */
function shapeOf({ cell, train }: Experiment, vocabulary: number): Json {
  const { kind, width, inner, kernel, gain, layerNorm } = cell;
  const own: Readonly<Record<typeof kind, Readonly<Record<string, Json>>>> = {
    transformer: { inner, heads: Number(cell.heads), layer_norm: layerNorm, memory: train.memory },
    trellis: { inner, kernel, memory: train.memory },
    tanh: { memory: 0 },
  };
  return { cell: kind, vocabulary, width, gain, ...own[kind] };
}

/** The page's bounds of some settings, by path. */
function limitsOf(
  cell: readonly ('width' | 'inner' | 'kernel')[],
  train: readonly ('batch' | 'length' | 'memory' | 'dropout')[],
): TorchModel['limits'] {
  return Object.fromEntries([
    ...cell.map((key) => [`cell.${key}`, boundsOf(fields.cell[key])] as const),
    ...train.map((key) => [`train.${key}`, boundsOf(fields.train[key])] as const),
  ]);
}
