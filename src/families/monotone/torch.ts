import { decodeSafetensors } from '../../data/safetensors.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { fields } from '../../schema/fields.ts';
import type { Params } from '../../tf/params.ts';
import { param } from '../../tf/params.ts';
import { stepIn } from '../modelFile.ts';
import { boundsOf, type TorchFamily, type TorchModel } from '../torch.ts';
import { logits } from './network.ts';
import { openDrawing } from './open.ts';
import { askedFor, toPaper, unitsInWords, type DigitNetwork } from './parameters.ts';
import reading from '../digitReading.py?raw';
import digits from '../digits.py?raw';
import program from './program.py?raw';

/** Monotone operator networks in PyTorch, by the names of locuslab/monotone_op_net. */
export const monotoneTorch: TorchFamily = {
  source: `${digits}\n${reading}\n${program}`,
  name: ({ monotone }) => (monotone.cell === 'fc' ? 'monotone' : 'monotone_conv'),
  about: (experiment) => [
    `A monotone operator network of ${unitsInWords(askedFor(experiment))} (m = ${String(experiment.monotone.m)}),`,
    `given a drawing of ${experiment.drawing.digit === 'unsaid' ? 'what is not said' : `a ${experiment.drawing.digit}`}.`,
  ],
  trainCommand: 'train --data mnist.bin',
  open: openTorch,
};

function openTorch(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel {
  const { monotone, drawing, train } = experiment;
  const problem = openDrawing(experiment, weights);
  const network = networkIn(problem.params);
  return {
    problem,
    model: { ...network, m: monotone.m, gain: monotone.gain },
    input: {
      drawing: drawing.pixels,
      digit: drawing.digit === 'unsaid' ? null : Number(drawing.digit),
    },
    task: { batch: train.batch, shift: monotone.shift },
    metadata: { m: String(monotone.m) },
    step:
      monotone.weights === 'random' || !weights ? 0 : stepIn(decodeSafetensors(weights).metadata),
    // Networks of any number of units open in the page.
    limits: {
      'monotone.m': boundsOf(fields.monotone.m),
      'monotone.shift': boundsOf(fields.monotone.shift),
      'train.batch': boundsOf(fields.train.batch),
    },
    tensors: () => toPaper(problem.params),
    outputs: (params, z) => logits(network, params, z),
    [Symbol.dispose]: () => {
      problem[Symbol.dispose]();
    },
  };
}

/** Whose parameters these are. */
function networkIn(params: Params): DigitNetwork {
  const [units = 0, , ...kernel] = param(params, 'A.weight').shape;
  return { cell: kernel.length > 0 ? 'conv' : 'fc', units };
}
