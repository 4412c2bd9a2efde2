/** Files of weights: the page's own, the paper's, or the visitor's. */
import { BadInputError } from '../../data/badInput.ts';
import type { Safetensors } from '../../data/safetensors.ts';
import { changeSettings } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { WeightsFiles } from '../family.ts';
import { openingWeights, setUpIn, writeFile } from '../modelFile.ts';
import { openWeights, toPaper, unitsInWords, type DigitNetwork } from './parameters.ts';
import { monotoneSettings } from './settings.ts';

/** Weights by the names of the paper's code, whoever wrote them. */
export const monotoneWeightsFiles: WeightsFiles = {
  read: (experiment, file) => {
    const { network, params, metadata } = openWeightsFile(file);
    tf.dispose(params);
    const m = monotonicityOf(metadata);
    const set = changeSettings(experiment, {
      'problem.family': 'monotone',
      'monotone.weights': 'random',
      'monotone.cell': network.cell,
      [network.cell === 'fc' ? 'monotone.hidden' : 'monotone.channels']: network.units,
      ...(m === undefined ? {} : { 'monotone.m': m }),
    });
    const unsaid = `It does not say which m it was trained with: it is solved with m = ${String(set.monotone.m)}.`;
    return {
      experiment: set,
      about: `A network of ${unitsInWords(network)}.${m === undefined ? ` ${unsaid}` : ''}`,
    };
  },
  write: async (experiment, params) =>
    writeFile({
      kind: 'model',
      experiment,
      step: 0,
      metadata: { m: String(experiment.monotone.m) },
      tensors: await toPaper(params),
    }),
};

/** The network in a file, and its parameters, which the caller owns. Throws a BadInputError in words. */
export function openWeightsFile(file: Uint8Array<ArrayBuffer> | undefined): {
  readonly network: DigitNetwork;
  readonly params: Params;
  readonly metadata: Safetensors['metadata'];
} {
  return openingWeights(file, ({ tensors, metadata }) => ({ ...openWeights(tensors), metadata }));
}

/** The m that a file says it was trained with; undefined where it says none. Throws a BadInputError for what is no such m. */
function monotonicityOf(metadata: Safetensors['metadata']): number | undefined {
  const { m } = metadata;
  if (m === undefined) return setUpIn(metadata, 'monotone')?.monotone.m;
  const { min, max } = monotoneSettings.model.monotone.m;
  const value = m.trim() === '' ? NaN : Number(m);
  if (value >= min && value <= max) return value;
  throw new BadInputError(
    `This weights file can’t be used. It says m = ${m.slice(0, 40)}, but m is a number from ${String(min)} to ${String(max)}: only above 0 is the fixed point unique.`,
  );
}
