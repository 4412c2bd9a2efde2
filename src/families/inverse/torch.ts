import type { Experiment } from '../../schema/experiment.ts';
import { fields } from '../../schema/fields.ts';
import { drawingSide } from '../../inputs/drawing.ts';
import * as tf from '../../tf/index.ts';
import digits from '../digits.py?raw';
import { copyOut } from '../goldenFile.ts';
import { boundsOf, updatesOf, type TorchFamily, type TorchModel } from '../torch.ts';
import { givenIn, measurementOf } from './measure.ts';
import { openInverse } from './open.ts';
import program from './program.py?raw';
import { regulariserIn } from './regulariser.ts';

/** Inverse problems in PyTorch, by the names of reacho/deep-equilibrium-vs-bilevel. */
export const inverseTorch: TorchFamily = {
  source: `${digits}\n${program}`,
  name: ({ inverse }) => `inverse_${inverse.tie}`,
  about: ({ inverse }) => [
    `An inverse problem (${inverse.operator}, noise ${String(inverse.noise)}) with ${inverse.tie} layers (${inverse.sigma}),`,
    `tau = ${String(inverse.tau)}, lambda = ${String(inverse.lambda)}, gamma = ${String(inverse.gamma)}.`,
  ],
  trainCommand: 'train --data mnist.bin',
  open: openTorch,
};

function openTorch(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel {
  const { inverse, original, train } = experiment;
  const { sigma, tau, lambda, gamma, gain, noise } = inverse;
  const problem = openInverse(experiment, weights);
  const { params } = problem;
  const { cell, tied, width, kernel } = regulariserIn(params, drawingSide);
  const { kind, masked } = measurementOf(experiment);
  return {
    problem,
    model: {
      ...{ cell, tied, width, kernel, sigma, tau, lambda, gamma, gain },
      ...{ operator: kind, masked },
    },
    input: { drawing: original.pixels, given: Array.from(givenIn(experiment)) },
    task: { batch: train.batch, noise },
    metadata: {},
    step: updatesOf(experiment, weights),
    limits: {
      'inverse.noise': boundsOf(fields.inverse.noise),
      'train.batch': boundsOf(fields.train.batch),
    },
    tensors: () => copyOut(params),
    outputs: (_, z) => tf.clone(z),
    [Symbol.dispose]: () => {
      problem[Symbol.dispose]();
    },
  };
}
