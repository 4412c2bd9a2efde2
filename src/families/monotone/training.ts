import { BadInputError } from '../../data/badInput.ts';
import { readAsset } from '../../inputs/assets.ts';
import { digitsFile, readDigits, type Digits } from '../../inputs/digits.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import { demandModel, refusing } from '../modelFile.ts';
import type { FamilyTraining, TrainedModel, TrainingData } from '../training.ts';
import { digitsTask } from './digitsTask.ts';
import { openWeights, toPaper, type DigitNetwork } from './parameters.ts';
import type { Splittings } from './splitting.ts';

/** Learning to read handwritten digits; files hold weights by the names of the paper's code. */
export const digitsTraining: FamilyTraining = {
  key: () => 'digits',
  read: async (_, __, { signal }) => {
    const digits = await readDigits(await fetchDigits());
    signal.throwIfAborted();
    return dataOf(digits);
  },
  toFile: (_, params) => toPaper(params),
  openModel: (head) =>
    refusing(() => {
      demandModel(head);
      const { params } = openWeights(head.tensors);
      return modelOf({ ...head, params });
    }),
  modelOf: (run) => modelOf(run),
};

async function fetchDigits(): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readAsset(digitsFile);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInputError(
      `The digits could not be fetched (${why}). Check the connection and try again.`,
    );
  }
}

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
    report: (experiment) => {
      const { parameters, loss, metrics } = taskOf(experiment);
      return {
        ...{ learnt: digits.training.length, heldOut: digits.heldOut.length, loss, metrics },
        parameters: parameters.reduce(
          (sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1),
          0,
        ),
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

const modelOf = ({
  experiment,
  step,
  params,
}: Pick<TrainedModel, 'experiment' | 'step' | 'params'>): TrainedModel => ({
  ...{ experiment, step, params },
  [Symbol.dispose]: () => {
    tf.dispose(params);
  },
});
