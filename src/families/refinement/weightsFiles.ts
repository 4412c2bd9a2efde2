/** Files of weights: the page's own, or the visitor's. */
import { BadInputError } from '../../data/badInput.ts';
import { changeSettings } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { WeightsFiles } from '../family.ts';
import { openingWeights, writeWeights } from '../modelFile.ts';
import { openNetwork, sizeInWords } from './network.ts';
import { refinementSettings } from './settings.ts';

/** Weights by the names of the paper's code, whoever wrote them. */
export const refinementWeightsFiles: WeightsFiles = {
  read: (experiment, file) => {
    const { channels, params } = openNetworkFile(file);
    tf.dispose(params);
    return {
      experiment: changeSettings(experiment, {
        'problem.family': 'refinement',
        'refinement.weights': 'random',
        'refinement.channels': String(channels),
      }),
      about: `A network of ${sizeInWords(channels)}.`,
    };
  },
  write: writeWeights,
};

/** The network in a file, and its parameters, which the caller owns. Throws a BadInputError in words. */
export function openNetworkFile(file: Uint8Array<ArrayBuffer> | undefined): {
  readonly channels: number;
  readonly params: Params;
} {
  return openingWeights(file, ({ tensors }) => {
    const opened = openNetwork(tensors);
    const sizes = refinementSettings.model.refinement.channels.options.map(({ value }) =>
      Number(value),
    );
    if (sizes.includes(opened.channels)) return opened;
    tf.dispose(opened.params);
    throw new BadInputError(
      `It is a network of ${sizeInWords(opened.channels)}: this page has room for ${sizes.slice(0, -1).join(', ')} or ${String(sizes.at(-1))}.`,
    );
  });
}
