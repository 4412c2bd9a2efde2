import { presetExperiment } from '../../../src/schema/experiment.ts';
import { predictMemory, type KernelPath } from '../../../src/memory/memoryLaw.ts';
import { predictRun } from '../../../src/memory/trainingLaw.ts';
import type { PresetName } from '../../../src/schema/presets.ts';
import { formatPeak, plural } from '../../format.ts';
import type { RecordedCurve } from '../../traces/galleryTrace.ts';
import { presetProblem } from '../../traces/presetSizes.ts';
import { presetTraining } from '../../traces/trainingSizes.ts';
import { cards } from './cards.ts';

/**
 * How hard a preset is to follow, how long its recorded run was, and what it needs of memory with the kernels in use
 * here: a training step of it, as the memory card predicts once it is opened; or, of one that trains, a run, as the Train view does.
 */
export function factsOf(
  preset: PresetName,
  curves: readonly RecordedCurve[],
  kernels: KernelPath,
): readonly string[] {
  const experiment = presetExperiment(preset);
  const { view, level, quantity } = cards[preset];
  const length = (curves[0]?.values.length ?? 1) - 1;
  // The DEQ's peak hardly depends on how far its solver goes.
  const solving = (): number | undefined => {
    const problem = presetProblem(preset, kernels);
    return problem
      ? predictMemory(experiment, 'deq', Math.max(1, length), problem).peak
      : undefined;
  };
  const training = (): number | undefined => {
    const step = presetTraining(preset, kernels);
    return step ? predictRun(experiment, step) : undefined;
  };
  const bytes = view === 'train' ? training() : solving();
  const long =
    view === 'train'
      ? [plural(experiment.train.steps, 'step')]
      : quantity === 'residual' && length > 0
        ? [plural(length, 'iteration')]
        : [];
  const need = view === 'train' ? 'a run needs' : 'a training step needs';
  return [level, ...long, ...(bytes === undefined ? [] : [`${need} ~${formatPeak(bytes)}`])];
}
