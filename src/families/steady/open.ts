import { namedStream, normalArray } from '../../data/random.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import { readPacked } from '../../tf/readback.ts';
import type { OpenedProblem } from '../family.ts';
import { openingWeights, setUpIn } from '../modelFile.ts';
import { openPointWeights, pointInput, pointLoss, secondClass } from './network.ts';
import { drawPoints, pointClasses } from './points.ts';
import { innerLoss, matrices, steadyProblem, type SteadyProblem } from './problem.ts';
import { drawWeights, normalTensor } from './weights.ts';

/** Numbers of x for each sample of a random system. */
const inputs = 4;

/** What is needed of a set-up. */
type Wanted = Pick<Experiment, 'steady' | 'plane' | 'random' | 'solver'>;

/**
 * The system of a set-up: all its numbers from the seed, or a network that has learnt to tell points apart, at points
 * that it has not seen. Throws a BadInputError in words where its weights are missing or do not fit.
 */
export function openSystem(
  experiment: Wanted,
  weights?: Uint8Array<ArrayBuffer>,
): OpenedProblem & SteadyProblem {
  return experiment.steady.weights === 'random' ? drawn(experiment) : trained(experiment, weights);
}

function drawn({ steady, solver, random: { seed } }: Wanted): OpenedProblem & SteadyProblem {
  const { cell, width, samples } = steady;
  const random = namedStream(seed, 'weights');
  const params = {
    ...drawWeights(steady, seed, inputs),
    x: normalTensor(random.fork('x'), [samples, inputs], 1),
  };
  const parts = { cell, params, width };
  const shown = matrices(parts);
  const problem = steadyProblem({
    ...parts,
    samples: Array.from({ length: samples }, (_, i) => `sample ${String(i + 1)}`),
    loss: innerLoss(normalArray(random.fork('c'), samples * width, 1), [samples, width]),
    observe: async (z) => shown((await z.data()) as Float32Array),
  });
  return {
    ...problem,
    notes:
      solver.start === 'learned'
        ? [
            'The weights are random, and so is the learned start: it is no nearer than any other point.',
          ]
        : [],
    observes: true,
    [Symbol.dispose]: () => {
      tf.dispose(params);
    },
  };
}

function trained(
  experiment: Wanted,
  weights: Uint8Array<ArrayBuffer> | undefined,
): OpenedProblem & SteadyProblem {
  const { network, params, learntIn } = openFile(weights);
  const { steady } = experiment;
  const { cell, width } = network;
  // Held-out points of the very shape and seed that it has learnt from, where the file tells.
  const { plane, random } = learntIn ?? experiment;
  const { heldOut } = drawPoints(plane.shape, plane.noise, random.seed);
  const names = pointClasses[plane.shape];
  const at = heldOut.at.slice(0, steady.samples);
  const label = heldOut.label.slice(0, steady.samples);
  const parts = { cell, params, width };
  const shown = matrices(parts);
  const problem = steadyProblem({
    ...parts,
    samples: at.map(
      ([x, y], i) => `${names[label[i] ?? 0] ?? ''} (${x.toFixed(2)}, ${y.toFixed(2)})`,
    ),
    input: pointInput(cell, at),
    loss: pointLoss(label),
    observe: async (z) => {
      const second = secondClass(params, z);
      const read = readPacked([second, z]).finally(() => {
        second.dispose();
      });
      const [shares = new Float32Array(), state = new Float32Array()] = await read;
      return [
        {
          kind: 'classes',
          name: 'Class',
          labels: names,
          probability: Array.from(shares, (share) => [1 - share, share]),
          truth: label,
        },
        ...(await shown(state)),
      ];
    },
  });
  return {
    ...problem,
    notes:
      cell === steady.cell && width === steady.width
        ? []
        : [
            `The weights file holds a system of ${String(width)} units${cell === 'unit' ? ' without a bias' : ''}, and that is what is solved.`,
          ],
    observes: true,
    [Symbol.dispose]: () => {
      tf.dispose(params);
    },
  };
}

/** Weights of a safetensors file, and the set-up they were trained in where it says so. */
function openFile(
  weights: Uint8Array<ArrayBuffer> | undefined,
): ReturnType<typeof openPointWeights> & { readonly learntIn: Experiment | undefined } {
  return openingWeights(weights, (bytes) => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    return { ...openPointWeights(tensors), learntIn: setUpIn(metadata, 'steady') };
  });
}
