import type { Experiment } from '../schema/experiment.ts';
import type { TrainOptions } from '../train/options.ts';
import type { TrainStart } from '../train/startedTask.ts';
import type { NetworkName } from '../train/records.ts';
import { forwardOptions, gradientMethod } from './solverOptions.ts';

/** Where an experiment's training solves start. */
export const trainStart = ({ solver, train }: Experiment): TrainStart => ({
  rule: solver.start,
  weight: train.skipWeight,
});

/** How an experiment trains one of its networks. */
export function trainOptions(experiment: Experiment, network: NetworkName): TrainOptions {
  const { train } = experiment;
  const { steps, learningRate, warmup, schedule } = train;
  const { weightDecay, clip, depthJitter, warmStart, weightNorm } = train;
  const { validateEvery, spectrumEvery } = train;
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
    gradient:
      network === 'twin'
        ? { kind: 'unrolled', depth: train.twinDepth }
        : gradientMethod(solving, train.maxIterations),
    pretrain: { steps: train.pretrainSteps, depth: train.pretrainDepth },
    penalty: {
      weight: train.jacobianWeight,
      share: train.jacobianShare,
      power: train.jacobianPower,
    },
  };
}
