import type { Experiment } from '../../schema/experiment.ts';
import { digitsTraining } from '../digitsTraining.ts';
import { digitsTask, type DigitsTaskOptions } from './digitsTask.ts';
import { askedFor, openWeights, toPaper } from './parameters.ts';
import type { Splittings } from './splitting.ts';

/** Learning to read handwritten digits; files hold weights by the names of the paper's code. */
export const monotoneTraining = digitsTraining({
  open: openWeights,
  task: (digits, experiment) =>
    digitsTask(digits, {
      network: askedFor(experiment),
      ...{ m: experiment.monotone.m, gain: experiment.monotone.gain },
      ...{ seed: experiment.random.seed, batch: experiment.train.batch },
      shift: experiment.monotone.shift,
      map: splittingOf(experiment),
    }),
  toFile: toPaper,
});

/** The splitting that solves iterate, both ways, where the set-up asks for one. */
function splittingOf({ solver, monotone }: Experiment): DigitsTaskOptions['map'] {
  const { map } = solver;
  if (map !== 'forward-backward' && map !== 'peaceman-rachford') return undefined;
  const name: keyof Splittings = map;
  return { name, values: { alpha: monotone.alpha } };
}
