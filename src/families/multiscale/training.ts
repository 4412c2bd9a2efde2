import { digitsTraining } from '../digitsTraining.ts';
import { multiscaleTask } from './digitsTask.ts';
import { openNetwork } from './network.ts';
import { askedFor } from './open.ts';

/** Learning to read handwritten digits at two resolutions. */
export const multiscaleTraining = digitsTraining({
  open: openNetwork,
  task: (digits, experiment) =>
    multiscaleTask(digits, {
      network: askedFor(experiment),
      ...{ gain: experiment.multiscale.gain, shift: experiment.multiscale.shift },
      ...{ seed: experiment.random.seed, batch: experiment.train.batch },
    }),
});
