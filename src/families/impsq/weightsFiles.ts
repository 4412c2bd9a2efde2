/** Files of weights: the visitor's own, or another program's. */
import { BadInputError } from '../../data/badInput.ts';
import type { Safetensors } from '../../data/safetensors.ts';
import { changeSettings } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { WeightsFiles } from '../family.ts';
import { openingWeights, setUpIn, writeWeights } from '../modelFile.ts';
import { openNetwork, type PictureNetwork } from './network.ts';
import { impsqSettings } from './settings.ts';

/** Weights by the names of the paper's code, whoever wrote them. */
export const pictureWeightsFiles: WeightsFiles = {
  read: (experiment, file) =>
    openingWeights(file, (content) => {
      const learntIn = setUpIn(content.metadata, 'impsq')?.impsq;
      const { network, params } = openWithin(content, (learntIn ?? experiment.impsq).filter);
      tf.dispose(params);
      const { filter, width, layers, channels } = network;
      return {
        experiment: changeSettings(experiment, {
          'problem.family': 'impsq',
          'impsq.weights': 'random',
          ...{ 'impsq.filter': filter, 'impsq.width': width, 'impsq.layers': layers },
          ...(learntIn ? { 'impsq.norm': learntIn.norm } : {}),
        }),
        about: `A network of ${String(layers)} × ${String(width)} units with ${filter} filters that draws in ${channels === 3 ? 'colour' : 'grey'}.`,
      };
    }),
  write: writeWeights,
};

/** A file's network of a size that there is room for, and its parameters, which the caller owns. Throws in words. */
function openWithin(
  { tensors }: Safetensors,
  filter: PictureNetwork['filter'],
): { readonly network: PictureNetwork; readonly params: Params } {
  const opened = openNetwork(tensors, filter === 'sine');
  const { width, layers } = opened.network;
  const { width: wide, layers: deep } = impsqSettings.model.impsq;
  if (width >= wide.min && width <= wide.max && layers <= deep.max) return opened;
  tf.dispose(opened.params);
  throw new BadInputError(
    `It is a network of ${String(layers)} × ${String(width)} units: this page has room for ${String(deep.max)} layers of ${String(wide.min)} to ${String(wide.max)} units.`,
  );
}
