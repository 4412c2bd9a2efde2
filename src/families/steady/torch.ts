import { decodeSafetensors } from '../../data/safetensors.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { fields } from '../../schema/fields.ts';
import * as tf from '../../tf/index.ts';
import { copyOut } from '../goldenFile.ts';
import { setUpIn, stepIn } from '../modelFile.ts';
import { boundsOf, type Json, type TorchFamily, type TorchModel } from '../torch.ts';
import { inputsOf, logits } from './network.ts';
import { drawnNumbers, inputs, openSystem, shownPoints } from './open.ts';
import source from './program.py?raw';

/** Small systems in PyTorch, by the names of the reference codes. */
export const steadyTorch: TorchFamily = {
  source,
  name: () => 'small_system',
  about: ({ steady, solver }) => [
    `A small system of ${String(steady.width)} units (${steady.cell === 'tanh' ? 'tanh cell' : 'linear unit'}), ${
      steady.weights === 'random'
        ? 'of random numbers from the seed'
        : 'that tells points of the plane apart'
    }.`,
    `Solves start at ${{ zeros: 'zeros', evaluation: 'f(0, x)', learned: 'the learned start' }[solver.start]}.`,
  ],
  trainCommand: 'train --points 5000',
  open: openTorch,
};

function openTorch(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel {
  const { steady, train } = experiment;
  const { gain, rotation, input } = steady;
  const problem = openSystem(experiment, weights);
  const { params } = problem;
  const drawn = steady.weights === 'random';
  const unit = 'linear.weight' in params;
  const metadata = drawn || !weights ? {} : decodeSafetensors(weights).metadata;
  const learntIn = setUpIn(metadata, 'steady');
  const width = params['bs']?.size ?? steady.width;
  const cell = unit ? 'unit' : 'tanh';
  const { plane, random } = learntIn ?? experiment;
  return {
    problem,
    model: {
      ...{ cell, width, inputs: drawn ? inputs : inputsOf(cell), readout: !drawn },
      ...{ gain, rotation, input },
    },
    input: { ...pointsInput(experiment, learntIn), ...(drawn ? randomInput(experiment) : {}) },
    task: { shape: plane.shape, noise: plane.noise, seed: random.seed, batch: train.batch },
    metadata: {},
    step: stepIn(metadata),
    limits: {
      'steady.width': boundsOf(fields.steady.width),
      'plane.noise': boundsOf(fields.plane.noise),
      'train.batch': boundsOf(fields.train.batch),
    },
    // What x is of a random system is its input.
    tensors: () =>
      copyOut(Object.fromEntries(Object.entries(params).filter(([name]) => name !== 'x'))),
    outputs: (given, z) => (drawn ? tf.clone(z) : logits(given, z)),
    [Symbol.dispose]: () => {
      problem[Symbol.dispose]();
    },
  };
}

type Numbers = Readonly<Record<string, Json>>;

/** x `[samples, 4]` of a random system, and the c `[samples, width]` of its loss. */
function randomInput(experiment: Experiment): Numbers {
  const { samples, width } = experiment.steady;
  const { x, c } = drawnNumbers(experiment);
  const rows = (numbers: Float32Array, length: number): Json =>
    Array.from({ length: samples }, (_, i) =>
      Array.from(numbers.subarray(i * length, (i + 1) * length)),
    );
  return { x: rows(x, inputs), c: rows(c, width) };
}

/** The held-out points that are solved for, and their classes. */
function pointsInput(experiment: Experiment, learntIn: Experiment | undefined): Numbers {
  const { at, label } = shownPoints(experiment, learntIn);
  return { points: at, labels: label };
}
