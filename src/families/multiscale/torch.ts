import { decodeSafetensors } from '../../data/safetensors.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { fields } from '../../schema/fields.ts';
import reading from '../digitReading.py?raw';
import digits from '../digits.py?raw';
import { copyOut } from '../goldenFile.ts';
import { stepIn } from '../modelFile.ts';
import { boundsOf, type TorchFamily, type TorchModel } from '../torch.ts';
import { logits, networkIn, sizeInWords } from './network.ts';
import { askedFor, openSketch } from './open.ts';
import program from './program.py?raw';

/** Networks of two resolutions in PyTorch, by the names of locuslab/deq. */
export const multiscaleTorch: TorchFamily = {
  source: `${digits}\n${reading}\n${program}`,
  name: () => 'multiscale',
  about: (experiment) => [
    `Two resolutions of ${sizeInWords(askedFor(experiment))},`,
    `given a drawing of ${experiment.sketch.digit === 'unsaid' ? 'what is not said' : `a ${experiment.sketch.digit}`}.`,
  ],
  trainCommand: 'train --data mnist.bin',
  open: openTorch,
};

function openTorch(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel {
  const { multiscale, sketch, train } = experiment;
  const problem = openSketch(experiment, weights);
  const { params } = problem;
  return {
    problem,
    model: { ...networkIn(params), gain: multiscale.gain },
    input: {
      drawing: sketch.pixels,
      digit: sketch.digit === 'unsaid' ? null : Number(sketch.digit),
    },
    task: { batch: train.batch, shift: multiscale.shift },
    metadata: {},
    step:
      multiscale.weights === 'random' || !weights ? 0 : stepIn(decodeSafetensors(weights).metadata),
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
