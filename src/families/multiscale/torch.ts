import type { Experiment } from '../../schema/experiment.ts';
import { fields } from '../../schema/fields.ts';
import { digitInput, digitProgram, drawingInWords } from '../digitTorch.ts';
import { copyOut } from '../goldenFile.ts';
import { boundsOf, updatesOf, type TorchFamily, type TorchModel } from '../torch.ts';
import { logits, networkIn, sizeInWords } from './network.ts';
import { askedFor, openSketch } from './open.ts';
import program from './program.py?raw';

/** Networks of two resolutions in PyTorch, by the names of locuslab/deq. */
export const multiscaleTorch: TorchFamily = {
  ...digitProgram(program),
  name: () => 'multiscale',
  about: (experiment) => [
    `Two resolutions of ${sizeInWords(askedFor(experiment))},`,
    drawingInWords(experiment.sketch),
  ],
  open: openTorch,
};

function openTorch(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel {
  const { multiscale, sketch, train } = experiment;
  const problem = openSketch(experiment, weights);
  const { params } = problem;
  return {
    problem,
    model: { ...networkIn(params), gain: multiscale.gain },
    input: digitInput(sketch),
    task: { batch: train.batch, shift: multiscale.shift },
    metadata: {},
    step: updatesOf(experiment, weights),
    limits: {
      'multiscale.expansion': boundsOf(fields.multiscale.expansion),
      'multiscale.shift': boundsOf(fields.multiscale.shift),
      'train.batch': boundsOf(fields.train.batch),
    },
    tensors: () => copyOut(params),
    outputs: logits,
    [Symbol.dispose]: () => {
      problem[Symbol.dispose]();
    },
  };
}
