import type { Experiment } from '../../schema/experiment.ts';
import { fields } from '../../schema/fields.ts';
import { copyOut } from '../goldenFile.ts';
import { boundsOf, updatesOf, type TorchFamily, type TorchModel } from '../torch.ts';
import { channelsIn, logits, sizeInWords } from './network.ts';
import { askedFor, openShape, sceneIn } from './open.ts';
import program from './program.py?raw';

/** Mask refinement in PyTorch, by the names of lufanma/IFR. */
export const refinementTorch: TorchFamily = {
  source: program,
  name: () => 'refinement',
  about: (experiment) => [
    `Masks by refined features of ${sizeInWords(askedFor(experiment))},`,
    `given a shape with noise ${String(experiment.refinement.noise)} and a bar ${String(experiment.refinement.occlusion)} of the side wide.`,
  ],
  trainCommand: 'train',
  open: openTorch,
};

function openTorch(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel {
  const { refinement, train } = experiment;
  const { gain, noise, occlusion } = refinement;
  const problem = openShape(experiment, weights);
  const { params } = problem;
  const { pixels, chances } = sceneIn(experiment);
  return {
    problem,
    model: { channels: channelsIn(params), gain },
    // In parts: what `train` writes may have other amounts of both.
    input: {
      picture: Array.from(pixels),
      bar: Array.from(chances.bar),
      normal: Array.from(chances.normal),
    },
    task: { batch: train.batch, noise, occlusion },
    metadata: {},
    step: updatesOf(experiment, weights),
    limits: {
      'refinement.noise': boundsOf(fields.refinement.noise),
      'refinement.occlusion': boundsOf(fields.refinement.occlusion),
      'train.batch': boundsOf(fields.train.batch),
    },
    tensors: () => copyOut(params),
    outputs: logits,
    [Symbol.dispose]: () => {
      problem[Symbol.dispose]();
    },
  };
}
