import type { Experiment } from '../../../src/schema/experiment.ts';
import { predictTraining, type KernelPath } from '../../../src/memory/memoryModel.ts';
import { formatPeak } from '../../format.ts';
import { deviceGigabytes, memoryLimit } from '../study.ts';

/** Bytes a step of this run is predicted to need; before the text was read, for a usual vocabulary. */
export function predictedPeak(
  experiment: Experiment,
  vocabulary: number | undefined,
  kernels: KernelPath,
): number {
  const { tokenizer, merges } = experiment.data;
  const usual = { char: 100, byte: 256, bpe: 256 + merges }[tokenizer];
  return predictTraining(experiment, vocabulary ?? usual, kernels);
}

/** Why a run would be too large for this device, in words; undefined when it fits the limit. */
export function tooLarge(
  experiment: Experiment,
  vocabulary: number | undefined,
  kernels: KernelPath,
): string | undefined {
  const limit = memoryLimit(experiment, deviceGigabytes());
  const peak = predictedPeak(experiment, vocabulary, kernels);
  if (peak <= limit) return undefined;
  return `A step of this run is predicted to need ${formatPeak(peak)}, more than the memory limit of ${formatPeak(limit)}. Choose a smaller batch, window or vocabulary, or raise the limit under Training, Advanced.`;
}
