import { fetchDigits, type Digits } from '../../inputs/digits.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { demandModel, refusing, weightsAlone } from '../modelFile.ts';
import { numbersIn } from '../parameters.ts';
import type { FamilyTraining, TrainingData } from '../training.ts';
import { digitsTask } from './digitsTask.ts';
import { openWeights, toPaper, type DigitNetwork } from './parameters.ts';
import type { Splittings } from './splitting.ts';

/** Learning to read handwritten digits; files hold weights by the names of the paper's code. */
export const digitsTraining: FamilyTraining = {
  key: () => 'digits',
  read: async (_, __, { signal }) => {
    const digits = await fetchDigits();
    signal.throwIfAborted();
    return dataOf(digits);
  },
  openModel: (head) =>
    refusing(() => {
      demandModel(head);
      const { params } = openWeights(head.tensors);
      return weightsAlone({ ...head, params });
    }),
};

function dataOf(digits: Digits): TrainingData {
  const taskOf = (experiment: Experiment): ReturnType<typeof digitsTask> =>
    digitsTask(digits, {
      network: networkOf(experiment),
      ...{ m: experiment.monotone.m, gain: experiment.monotone.gain },
      ...{ seed: experiment.random.seed, batch: experiment.train.batch },
      shift: experiment.monotone.shift,
      map: splittingOf(experiment),
    });
  return {
    metadata: {},
    toFile: (_, params) => toPaper(params),
    modelOf: (run) => weightsAlone(run),
    report: (experiment) => {
      const { parameters, loss, metrics } = taskOf(experiment);
      return {
        ...{ learnt: digits.training.length, heldOut: digits.heldOut.length, loss, metrics },
        parameters: numbersIn(parameters),
        about: 'A part of MNIST (LeCun, Cortes, Burges): handwritten digits of 28 × 28 pixels.',
      };
    },
    task: taskOf,
  };
}

const networkOf = ({ monotone }: Experiment): DigitNetwork => ({
  cell: monotone.cell,
  units: monotone.cell === 'fc' ? monotone.hidden : monotone.channels,
});

/** The splitting that solves iterate, both ways, where the set-up asks for one. */
function splittingOf({ solver, monotone }: Experiment): Parameters<typeof digitsTask>[1]['map'] {
  const { map } = solver;
  if (map !== 'forward-backward' && map !== 'peaceman-rachford') return undefined;
  const name: keyof Splittings = map;
  return { name, values: { alpha: monotone.alpha } };
}
