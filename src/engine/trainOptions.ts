import type { Task } from '../families/task.ts';
import type { TrainingData } from '../families/training.ts';
import type { ProblemSizes } from '../memory/problemSizes.ts';
import type { Experiment } from '../schema/experiment.ts';
import { twinOf } from '../schema/twin.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import { meterTraining } from '../train/meterTraining.ts';
import type { TrainOptions } from '../train/options.ts';
import { startedTask, type TrainStart } from '../train/startedTask.ts';
import type { NetworkName } from '../train/records.ts';
import { forwardOptions, gradientMethod } from './solverOptions.ts';

/** Where an experiment's training solves start. */
export const trainStart = ({ solver, train }: Experiment): TrainStart => ({
  rule: solver.start,
  weight: train.skipWeight,
});

/** What an experiment learns from its data. */
export const trainTask = (data: TrainingData, experiment: Experiment): Task =>
  startedTask(data.task(experiment), trainStart(experiment));

/** What a network of an experiment's training is of: the experiment itself, or for a variant its own. */
export function networkExperiment(experiment: Experiment, network: NetworkName): Experiment {
  const twin = network === 'twin' ? twinOf(experiment) : undefined;
  return twin?.kind === 'variant' ? twin.settings : experiment;
}

/** What each network of an experiment's training learns: one task for both, but where the twin is a variant. */
export function networkTasks(
  data: TrainingData,
  experiment: Experiment,
): (network: NetworkName) => Task {
  const task = trainTask(data, experiment);
  return (network) => {
    const own = networkExperiment(experiment, network);
    return own === experiment ? task : trainTask(data, own);
  };
}

/** What a step of an experiment's training takes. */
export function meterTask(
  data: TrainingData,
  experiment: Experiment,
  meter: MemoryMeter,
): ProblemSizes {
  const { train, random } = experiment;
  return meterTraining({
    taskOf: (batch) => trainTask(data, { ...experiment, train: { ...train, batch } }),
    ...{ batch: train.batch, seed: random.seed, meter },
    options: trainOptions(experiment, 'deq'),
  });
}

/** How an experiment trains one of its networks. */
export function trainOptions(experiment: Experiment, network: NetworkName): TrainOptions {
  const { train } = experiment;
  const { steps, learningRate, warmup, schedule } = train;
  const { weightDecay, clip, depthJitter, warmStart, weightNorm } = train;
  const { validateEvery, spectrumEvery } = train;
  const twin = network === 'twin' ? twinOf(experiment) : undefined;
  // Training solves are coarser than those of the Solve view, and have limits of their own.
  const solving: Experiment = {
    ...experiment,
    backward: {
      ...experiment.backward,
      tolerance: train.adjointTolerance,
      maxIterations: train.adjointIterations,
    },
  };
  return {
    ...{ steps, learningRate, warmup, schedule },
    ...{ weightDecay, clip, depthJitter, warmStart, weightNorm },
    ...{ validateEvery, spectrumEvery },
    forward: {
      ...forwardOptions(experiment),
      tolerance: train.tolerance,
      maxIterations: train.maxIterations,
      stopMode: 'rel',
      convention: 'own',
    },
    gradient: twin?.kind === 'unrolled' ? twin : gradientMethod(solving, train.maxIterations),
    pretrain: { steps: train.pretrainSteps, depth: train.pretrainDepth },
    penalty: {
      weight: train.jacobianWeight,
      share: train.jacobianShare,
      power: train.jacobianPower,
    },
  };
}
