import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import { readPacked } from '../../tf/readback.ts';
import { digitCrossEntropy, drawnDigit } from '../digitReading.ts';
import type { FamilyProblem, OpenedProblem } from '../family.ts';
import {
  logits,
  networkIn,
  probabilities,
  randomNetwork,
  scalesOf,
  sizeInWords,
  stem,
  type DigitScales,
} from './network.ts';
import { featureMaps, restFigures } from './observe.ts';
import { multiscaleProblem } from './problem.ts';
import { openNetworkFile } from './weightsFiles.ts';

/**
 * The problem of an experiment's drawing: which digit is it? Throws a BadInputError in words where the weights are
 * missing or do not fit; a drawing never fails.
 */
export function openSketch(
  experiment: Experiment,
  weights?: Uint8Array<ArrayBuffer>,
): OpenedProblem {
  const { multiscale, random } = experiment;
  const params =
    multiscale.weights === 'random'
      ? randomNetwork(askedFor(experiment), random.seed, multiscale.gain)
      : openNetworkFile(weights).params;
  return sketchOf(params, experiment);
}

/** The network that a set-up asks for. */
export const askedFor = ({ multiscale }: Experiment): DigitScales => ({
  channels: Number(multiscale.channels),
  expansion: multiscale.expansion,
});

/** The problem of a set-up's drawing with parameters that it takes over. */
function sketchOf(params: Params, experiment: Experiment): OpenedProblem {
  const network = networkIn(params);
  const scales = scalesOf(network);
  const { pixels, label, samples, notes, observed } = drawnDigit(experiment.sketch);
  const problem: FamilyProblem = multiscaleProblem({
    ...{ scales, params, samples },
    input: stem([pixels]),
    loss: (given, z) => digitCrossEntropy(logits(given, z), [label]),
    // In one read-back: the digit, ten probabilities, the maps of both resolutions, and which of them rests.
    observe: async (z) => {
      const [shares, image] = tf.tidy(
        () => [probabilities(params, z), problem.f(params, problem.inject(params), z)] as const,
      );
      const read = readPacked([shares, z, image]).finally(() => {
        tf.dispose([shares, image]);
      });
      const none = new Float32Array();
      const [probability = none, values = none, after = none] = await read;
      return [
        ...observed(probability),
        ...featureMaps(scales, values),
        restFigures(scales, values, after),
      ];
    },
  });
  return {
    ...problem,
    observes: true,
    given: (next) => sketchOf(params, next),
    notes: [...notes, ...weightNotes(askedFor(experiment), network)],
    [Symbol.dispose]: () => {
      tf.dispose(params);
    },
  };
}

/** Where a file’s network is not what the settings say. */
function weightNotes(asked: DigitScales, found: DigitScales): readonly string[] {
  if (asked.channels === found.channels && asked.expansion === found.expansion) return [];
  return [`The weights file holds a network of ${sizeInWords(found)}, and that is what is solved.`];
}
