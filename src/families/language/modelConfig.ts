import type { Experiment } from '../../schema/experiment.ts';
import type { LanguageModelConfig } from './languageModel.ts';

/** The language model that an experiment's cell settings mean, for a vocabulary. */
export function modelConfig(
  { cell, train }: Pick<Experiment, 'cell' | 'train'>,
  vocabulary: number,
): LanguageModelConfig {
  const { gain } = cell;
  switch (cell.kind) {
    case 'transformer':
      return {
        cell: 'transformer',
        vocabulary,
        dModel: cell.width,
        heads: Number(cell.heads),
        dInner: cell.inner,
        preLayerNorm: cell.layerNorm === 'pre',
        memoryLength: train.memory,
        gain,
      };
    case 'trellis':
      return {
        cell: 'trellis',
        vocabulary,
        dEmbed: cell.width,
        dHidden: cell.inner,
        dOutput: cell.width,
        kernel: cell.kernel,
        gain,
      };
    case 'tanh':
      return { cell: 'tanh', vocabulary, width: cell.width, gain };
  }
}
