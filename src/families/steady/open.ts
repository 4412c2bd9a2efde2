import { namedStream, normalArray } from '../../data/random.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import { readPacked } from '../../tf/readback.ts';
import type { OpenedProblem } from '../family.ts';
import { openingWeights, setUpIn } from '../modelFile.ts';
import { openPointWeights, pointInput, pointLoss, secondClass } from './network.ts';
import { drawPoints, pointClasses, type Points } from './points.ts';
import { innerLoss, matrices, steadyProblem, type SteadyProblem } from './problem.ts';
import { drawWeights } from './weights.ts';

/** Numbers of x for each sample of a random system. */
export const inputs = 4;

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

/** The random numbers beside a random system's weights: x `[samples, inputs]`, and c `[samples, width]` of its loss ⟨c, z⟩. */
export function drawnNumbers({
  steady: { samples, width },
  random: { seed },
}: Pick<Wanted, 'steady' | 'random'>): { readonly x: Float32Array; readonly c: Float32Array } {
  const random = namedStream(seed, 'weights');
  return {
    x: normalArray(random.fork('x'), samples * inputs, 1),
    c: normalArray(random.fork('c'), samples * width, 1),
  };
}

function drawn(experiment: Wanted): OpenedProblem & SteadyProblem {
  const { steady, solver, random } = experiment;
  const { cell, width, samples } = steady;
  const { x, c } = drawnNumbers(experiment);
  const params = {
    ...drawWeights(steady, random.seed, inputs),
    x: tf.tensor(x, [samples, inputs]),
  };
  const parts = { cell, params, width };
  const shown = matrices(parts);
  const problem = steadyProblem({
    ...parts,
    samples: Array.from({ length: samples }, (_, i) => `sample ${String(i + 1)}`),
    loss: innerLoss(c, [samples, width]),
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
  const names = pointClasses[(learntIn ?? experiment).plane.shape];
  const { at, label } = shownPoints(experiment, learntIn);
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

/** As many held-out points as there are samples, of the very shape and seed that was learnt from, where a file tells. */
export function shownPoints(
  experiment: Pick<Wanted, 'steady' | 'plane' | 'random'>,
  learntIn: Pick<Wanted, 'plane' | 'random'> | undefined,
): Points {
  const { plane, random } = learntIn ?? experiment;
  const { heldOut } = drawPoints(plane.shape, plane.noise, random.seed);
  const { samples } = experiment.steady;
  return { at: heldOut.at.slice(0, samples), label: heldOut.label.slice(0, samples) };
}

/** Weights of a safetensors file, and the set-up they were trained in where it says so. */
function openFile(
  weights: Uint8Array<ArrayBuffer> | undefined,
): ReturnType<typeof openPointWeights> & { readonly learntIn: Experiment | undefined } {
  return openingWeights(weights, ({ tensors, metadata }) => ({
    ...openPointWeights(tensors),
    learntIn: setUpIn(metadata, 'steady'),
  }));
}
