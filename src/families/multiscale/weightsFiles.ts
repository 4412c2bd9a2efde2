/** Files of weights: the page's own, or the visitor's. */
import { BadInputError } from '../../data/badInput.ts';
import { changeSettings } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { WeightsFiles } from '../family.ts';
import { openingWeights, writeWeights } from '../modelFile.ts';
import { openNetwork, sizeInWords, type DigitScales } from './network.ts';
import { multiscaleSettings } from './settings.ts';

/** Weights by the names of the paper's code, whoever wrote them. */
export const multiscaleWeightsFiles: WeightsFiles = {
  read: (experiment, file) => {
    const { network, params } = openNetworkFile(file);
    tf.dispose(params);
    return {
      experiment: changeSettings(experiment, {
        'problem.family': 'multiscale',
        'multiscale.weights': 'random',
        'multiscale.channels': String(network.channels),
        'multiscale.expansion': network.expansion,
      }),
      about: `A network of ${sizeInWords(network)}.`,
    };
  },
  write: writeWeights,
};

/** The network in a file, and its parameters, which the caller owns. Throws a BadInputError in words. */
export function openNetworkFile(file: Uint8Array<ArrayBuffer> | undefined): {
  readonly network: DigitScales;
  readonly params: Params;
} {
  return openingWeights(file, ({ tensors }) => {
    const opened = openNetwork(tensors);
    const { channels, expansion } = opened.network;
    const sizes = multiscaleSettings.model.multiscale.channels.options.map(({ value }) =>
      Number(value),
    );
    const { max } = multiscaleSettings.model.multiscale.expansion;
    if (sizes.includes(channels) && expansion <= max) return opened;
    tf.dispose(opened.params);
    throw new BadInputError(
      `It is a network of ${sizeInWords(opened.network)}: this page has room for ${String(Math.max(...sizes))} channels in the finer resolution and ${String(max)} times as many inside.`,
    );
  });
}
