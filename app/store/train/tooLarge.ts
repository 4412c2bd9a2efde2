import type { Experiment } from '../../../src/schema/experiment.ts';
import { formatPeak } from '../../format.ts';
import { deviceGigabytes, memoryLimit } from '../memory/study.ts';

/** Why so much would be too large for this device, in words; undefined when it fits the limit. */
export function tooLarge(experiment: Experiment, peak: number | undefined): string | undefined {
  const limit = memoryLimit(experiment, deviceGigabytes());
  if (peak === undefined || peak <= limit) return undefined;
  return `This run is predicted to need ${formatPeak(peak)}, more than the memory limit of ${formatPeak(limit)}. Choose a smaller network, batch, window or vocabulary, or raise the limit under Training, Advanced.`;
}
