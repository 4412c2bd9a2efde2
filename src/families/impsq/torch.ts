import type { Experiment } from '../../schema/experiment.ts';
import { fields } from '../../schema/fields.ts';
import { copyOut } from '../goldenFile.ts';
import { boundsOf, updatesOf, type TorchFamily, type TorchModel } from '../torch.ts';
import { openPicture } from './open.ts';
import { colours } from './problem.ts';
import source from './program.py?raw';

/** Implicit pictures in PyTorch, by the names of locuslab/ImpSq. */
export const impsqTorch: TorchFamily = {
  source,
  name: () => 'picture',
  about: ({ impsq, scene }) => [
    `A picture as a function of its coordinates: ${String(impsq.layers)} × ${String(impsq.width)} units, ${impsq.filter} filters,`,
    `drawn at ${scene.enlarge === '1' ? 'its pixels' : `${scene.enlarge} times as fine`}.`,
  ],
  trainCommand: 'train --picture photograph.ppm',
  open: openTorch,
};

function openTorch(experiment: Experiment, weights?: Uint8Array<ArrayBuffer>): TorchModel {
  const { impsq, scene, train } = experiment;
  const problem = openPicture(experiment, weights);
  const { network, picture } = problem;
  return {
    problem,
    model: { ...network, norm: impsq.norm, scale: impsq.scale },
    input: {
      // Bytes as a text, which is what Python makes least fuss of.
      pixels: btoa(String.fromCharCode(...picture.pixels)),
      ...{ size: picture.size, channels: picture.channels, finer: Number(scene.enlarge) },
    },
    task: { batch: train.batch },
    metadata: {},
    step: updatesOf(experiment, weights),
    limits: {
      'impsq.width': boundsOf(fields.impsq.width),
      'impsq.layers': boundsOf(fields.impsq.layers),
      'impsq.scale': boundsOf(fields.impsq.scale),
      'train.batch': boundsOf(fields.train.batch),
    },
    tensors: () => copyOut(problem.params),
    outputs: (params, z) => colours(params, z),
    [Symbol.dispose]: () => {
      problem[Symbol.dispose]();
    },
  };
}
