import type { Experiment } from '../../schema/experiment.ts';
import { fields } from '../../schema/fields.ts';
import type { Params } from '../../tf/params.ts';
import { param } from '../../tf/params.ts';
import { boundsOf, updatesOf, type TorchFamily, type TorchModel } from '../torch.ts';
import { logits } from './network.ts';
import { openDrawing } from './open.ts';
import { askedFor, toPaper, unitsInWords, type DigitNetwork } from './parameters.ts';
import { digitInput, digitProgram, drawingInWords } from '../digitTorch.ts';
import program from './program.py?raw';

/** Monotone operator networks in PyTorch, by the names of locuslab/monotone_op_net. */
export const monotoneTorch: TorchFamily = {
  ...digitProgram(program),
  name: ({ monotone }) => (monotone.cell === 'fc' ? 'monotone' : 'monotone_conv'),
  about: (experiment) => [
    `A monotone operator network of ${unitsInWords(askedFor(experiment))} (m = ${String(experiment.monotone.m)}),`,
    drawingInWords(experiment.drawing),
  ],
  open: openTorch,
};

function openTorch(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel {
  const { monotone, drawing, train } = experiment;
  const problem = openDrawing(experiment, weights);
  const network = networkIn(problem.params);
  return {
    problem,
    model: { ...network, m: monotone.m, gain: monotone.gain },
    input: digitInput(drawing),
    task: { batch: train.batch, shift: monotone.shift },
    metadata: { m: String(monotone.m) },
    step: updatesOf(experiment, weights),
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
