import type {
  DeviceReport,
  MemoryReport,
  MemoryVariant,
} from '../../../src/engine/protocol/protocol.ts';
import { type Experiment, presetExperiment } from '../../../src/schema/experiment.ts';
import {
  type KernelPath,
  type MeteredProblem,
  predictMemory,
} from '../../../src/memory/memoryLaw.ts';
import { problemSections, sameLayer } from '../engine/sameWork.ts';
import type { AppState } from '../state.ts';

/** In the order they are shown and measured. */
export const variants: readonly MemoryVariant[] = ['deq', 'unrolled', 'checkpointed'];

/** Depths of the chart of peak against depth. */
export const chartDepths: readonly number[] = [6, 12, 24, 48];
/** Measured, too, when the visitor asks and it fits. */
const DEEPEST = 96;

/** Depth of the comparison while neither the visitor nor a finished solve has said one. */
const USUAL_DEPTH = 30;
const SMALL_DEVICE_LIMIT_MEGABYTES = 512;
const WARN_SHARE = 0.7;
/** A depth this near to the compared one tells nothing new; a fresh page has no time for it. */
const NEAR_SHARE = 0.1;

/** Kernels whose buffers are counted; while no engine has said which it uses, those it takes by itself. */
export const kernelPath = (device: Pick<DeviceReport, 'kernels'> | null): KernelPath =>
  device?.kernels.inUse === 'stock' ? 'stock' : 'fused';

/** The problem in the rail as this engine metered it; null until it has opened that very problem. */
export function meteredProblem({
  metered,
  experiment,
  device,
}: Pick<AppState, 'metered' | 'experiment' | 'device'>): MeteredProblem | null {
  if (!metered || !sameLayer(metered.experiment, experiment)) return null;
  return { sizes: metered.sizes, kernels: kernelPath(device) };
}

/** Names one set of measurements: settings that memory depends on, and nothing else. */
export function studyKey(
  experiment: Experiment,
  device: Pick<DeviceReport, 'backend' | 'kernels'>,
): string {
  const { solver, backward } = experiment;
  const problem = problemSections(experiment).map((section) => experiment[section]);
  const forward = { ...solver, tolerance: null, stopMode: null };
  const { name } = device.backend;
  const kernels = kernelPath(device);
  return JSON.stringify({ backend: name, kernels, problem, forward, backward });
}

/** Depth at which the networks are compared: as set, or as many evaluations as the solver used. */
export function studyDepth({ experiment, finished }: Pick<AppState, 'experiment' | 'finished'>) {
  return experiment.memory.depth || (finished ?? USUAL_DEPTH);
}

/** Bytes a measurement may need; less by default where the device has little memory. */
export function memoryLimit(experiment: Experiment, deviceGigabytes: number | undefined): number {
  const { limit } = experiment.memory;
  const untouched = limit === presetExperiment(experiment.preset).memory.limit;
  const small = deviceGigabytes !== undefined && deviceGigabytes < 4;
  const megabytes = untouched && small ? Math.min(limit, SMALL_DEVICE_LIMIT_MEGABYTES) : limit;
  return megabytes * 1e6;
}

/** Memory of this device in GB, where the browser tells. */
export const deviceGigabytes = (): number | undefined =>
  typeof navigator === 'undefined'
    ? undefined
    : (navigator as { readonly deviceMemory?: number }).deviceMemory;

/** How a prediction stands to the limit. */
export type Verdict = 'fits' | 'near' | 'over';

/** Whether `bytes` fit under `limit`, with a warning from seventy percent on. */
export function limitVerdict(bytes: number, limit: number): Verdict {
  if (bytes > limit) return 'over';
  return bytes > WARN_SHARE * limit ? 'near' : 'fits';
}

/** Predicted peak of the largest of the three networks at a depth. */
export const largestPeak = (
  experiment: Experiment,
  depth: number,
  problem: MeteredProblem,
): number =>
  Math.max(...variants.map((variant) => predictMemory(experiment, variant, depth, problem).peak));

/**
 * Depths to measure: the compared one first, so that the bars appear early, then the chart's that fit. Of a
 * problem that was not metered yet, nobody knows what fits.
 */
export function depthsToMeasure(
  experiment: Experiment,
  depth: number,
  limit: number,
  thorough: boolean,
  problem: MeteredProblem | null,
): number[] {
  const far = chartDepths.filter((one) => Math.abs(one - depth) > NEAR_SHARE * depth);
  const more = thorough ? [...chartDepths, DEEPEST] : far;
  const fitting = problem
    ? more.filter((one) => largestPeak(experiment, one, problem) <= limit)
    : [];
  return [...new Set([depth, ...fitting])];
}

/** Reports with newer ones in place of those of the same network and depth. */
export function mergeReports(
  old: readonly MemoryReport[],
  news: readonly MemoryReport[],
): MemoryReport[] {
  const same = (a: MemoryReport, b: MemoryReport): boolean =>
    a.variant === b.variant && a.depth === b.depth;
  return [...old.filter((one) => !news.some((other) => same(one, other))), ...news];
}
