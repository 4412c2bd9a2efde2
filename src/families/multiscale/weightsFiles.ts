/** Files of weights: the page's own, or the visitor's. */
import { BadInputError } from '../../data/badInput.ts';
import { decodeSafetensors, type Safetensors } from '../../data/safetensors.ts';
import { changeSetting } from '../../schema/experiment.ts';
import type { FieldPath } from '../../schema/fields.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { WeightsFiles } from '../family.ts';
import { copyOut } from '../goldenFile.ts';
import { openingWeights, writeFile } from '../modelFile.ts';
import { openNetwork, sizeInWords, type DigitScales } from './network.ts';
import { multiscaleSettings } from './settings.ts';

/** Weights by the names of the paper's code, whoever wrote them. */
export const multiscaleWeightsFiles: WeightsFiles = {
  read: (experiment, file) => {
    const { network, params } = openNetworkFile(file);
    tf.dispose(params);
    const shaped: readonly (readonly [FieldPath, unknown])[] = [
      ['problem.family', 'multiscale'],
      ['multiscale.weights', 'random'],
      ['multiscale.channels', String(network.channels)],
      ['multiscale.expansion', network.expansion],
    ];
    return {
      experiment: shaped.reduce(
        (so, [path, value]) => changeSetting(so, path, value).experiment,
        experiment,
      ),
      about: `A network of ${sizeInWords(network)}.`,
    };
  },
  write: async (experiment, params) =>
    writeFile({
      ...{ kind: 'model', experiment, step: 0, metadata: {} },
      tensors: await copyOut(params),
    }),
};

/** The network in a file, and its parameters, which the caller owns. Throws a BadInputError in words. */
export function openNetworkFile(file: Uint8Array<ArrayBuffer> | undefined): {
  readonly network: DigitScales;
  readonly params: Params;
  readonly metadata: Safetensors['metadata'];
} {
  return openingWeights(file, (bytes) => {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b)
      throw new BadInputError(
        'It is a PyTorch checkpoint. Save its state dictionary with safetensors.torch.save_file and open that.',
      );
    const { tensors, metadata } = decodeSafetensors(bytes);
    const opened = openNetwork(tensors);
    const { channels, expansion } = opened.network;
    const sizes = multiscaleSettings.model.multiscale.channels.options.map(({ value }) =>
      Number(value),
    );
    const { max } = multiscaleSettings.model.multiscale.expansion;
    if (sizes.includes(channels) && expansion <= max) return { ...opened, metadata };
    tf.dispose(opened.params);
    throw new BadInputError(
      `It is a network of ${sizeInWords(opened.network)}: this page has room for ${String(Math.max(...sizes))} channels in the finer resolution and ${String(max)} times as many inside.`,
    );
  });
}
