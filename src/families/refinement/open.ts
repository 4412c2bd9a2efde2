import { namedStream } from '../../data/random.ts';
import { decodeDrawing } from '../../inputs/drawing.ts';
import { drawChances, maskOf, spoil, type Chances } from '../../inputs/shapes.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import { readAndFree } from '../../tf/readback.ts';
import type { FamilyProblem, OpenedProblem } from '../family.ts';
import {
  channelsIn,
  encoder,
  featuresOf,
  maskLoss,
  masks,
  randomNetwork,
  sizeInWords,
} from './network.ts';
import { maskFigures, picture } from './observe.ts';
import { refinementProblem } from './problem.ts';
import { openNetworkFile } from './weightsFiles.ts';

/**
 * The problem of an experiment's shape: which pixels belong to it? Throws a BadInputError in words where the weights are
 * missing or do not fit; a drawing never fails.
 */
export function openShape(
  experiment: Experiment,
  weights?: Uint8Array<ArrayBuffer>,
): OpenedProblem {
  const { refinement, random } = experiment;
  const params =
    refinement.weights === 'random'
      ? randomNetwork(askedFor(experiment), random.seed, refinement.gain)
      : openNetworkFile(weights).params;
  return shapeOf(params, experiment);
}

/** The channels that a set-up asks for. */
export const askedFor = ({ refinement }: Experiment): number => Number(refinement.channels);

/** A set-up's shape: what is seen of it, and its mask. The bar and the noise follow from the seed, whatever is drawn. */
export function sceneIn({
  refinement,
  shape,
  random,
}: Pick<Experiment, 'refinement' | 'shape' | 'random'>): {
  readonly pixels: Float32Array;
  readonly chances: Chances;
  readonly seen: Float32Array;
  readonly truth: Float32Array;
  readonly problem: string | undefined;
} {
  const { pixels, problem } = decodeDrawing(shape.pixels);
  const chances = drawChances(pixels, namedStream(random.seed, 'perturbation').fork('scene'));
  const seen = spoil(pixels, refinement, chances);
  return { pixels, chances, seen, truth: maskOf(pixels), problem };
}

/** The problem of a set-up's shape with parameters that it takes over. */
function shapeOf(params: Params, experiment: Experiment): OpenedProblem {
  const channels = channelsIn(params);
  const { seen, truth, problem: unreadable } = sceneIn(experiment);
  const problem: FamilyProblem = refinementProblem({
    ...{ shape: featuresOf(channels), params },
    samples: ['the shape'],
    input: encoder([seen]),
    loss: (given, z) => maskLoss(given, z, truth),
    observe: async (z) => {
      const mask = await readAndFree(masks(params, z));
      return [
        picture('Seen', seen),
        { ...picture('Mask', mask), reference: truth },
        maskFigures(mask, { seen, truth }),
      ];
    },
  });
  return {
    ...problem,
    observes: true,
    given: (next) => shapeOf(params, next),
    notes: [
      ...(unreadable === undefined ? [] : [unreadable]),
      ...shapeNotes(truth),
      ...weightNotes(askedFor(experiment), channels),
    ],
    [Symbol.dispose]: () => {
      tf.dispose(params);
    },
  };
}

/** What is odd about a shape. */
function shapeNotes(truth: Float32Array): readonly string[] {
  const set = truth.filter((pixel) => pixel === 1).length;
  if (set === 0) return ['The canvas is blank: there is no shape to find.'];
  if (set > 0.9 * truth.length)
    return ['The canvas is nearly full: a shape larger than any the network has seen.'];
  return [];
}

/** Where a file’s network is not what the settings say. */
const weightNotes = (asked: number, found: number): readonly string[] =>
  asked === found
    ? []
    : [`The weights file holds a network of ${sizeInWords(found)}, and that is what is solved.`];
