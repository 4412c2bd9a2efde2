import { drawingSide } from '../../inputs/drawing.ts';
import { digitsTraining } from '../digitsTraining.ts';
import { restoringTask } from './digitsTask.ts';
import { cellOf } from './measure.ts';
import { openRegulariser } from './regulariser.ts';

/** Learning a regulariser by restoring digits; files hold weights by the names of the paper's code. */
export const regulariserTraining = digitsTraining({
  open: (tensors) => openRegulariser(tensors, drawingSide),
  task: (digits, experiment) =>
    restoringTask(digits, {
      cell: cellOf(experiment),
      ...{ noise: experiment.inverse.noise, gain: experiment.inverse.gain },
      ...{ seed: experiment.random.seed, batch: experiment.train.batch },
    }),
  note: ', measured with noise that is new every time',
});
