import type {
  DeviceReport,
  MemoryReport,
  MemoryVariant,
  Progress,
} from '../../src/engine/protocol/protocol.ts';
import { type Experiment, presetExperiment } from '../../src/schema/experiment.ts';
import { type KernelPath, type MeteredProblem, predictMemory } from '../../src/memory/memoryLaw.ts';
import type { StartEngine } from './engine/lane.ts';
import { faultOf } from './faults.ts';
import { type Meter, openMeter } from './measurement.ts';
import { problemSections, sameLayer } from './engine/prepare.ts';
import { rested } from './engine/solveLane.ts';
import type { AppState, StoreAccess, Watch } from './state.ts';
import { withRandomWeights } from './weights.ts';
import { readStored, writeStored } from '../stored.ts';

/** A measurement that is running. */
export interface Measuring extends Progress {
  /** What is being measured: see `studyKey`. */
  readonly key: string;
  readonly variant: MemoryVariant;
}

/** Memory of one training step, measured in engines of its own. */
export interface Study {
  /** Everything measured so far, by the settings it was measured with. */
  readonly reports: Readonly<Record<string, readonly MemoryReport[]>>;
  readonly measuring: Measuring | null;
  /** What could not be measured in the last run, and why. */
  readonly failures: readonly { readonly variant: MemoryVariant; readonly message: string }[];
}

/** The memory panel's measurements. */
export interface StudySlice {
  readonly study: Study;
  /** `thorough` adds the depth of 96; a fresh page leaves it out, to be done in a minute. */
  readonly measureMemory: (thorough: boolean) => void;
  /** Ends a measurement; fresh pages then measure no more by themselves, until one is asked for. */
  readonly cancelMeasuring: () => void;
}

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

/** Where the browser keeps that. */
const KEY = 'deq-measure';

/** Whether a fresh page measures memory by itself: until a visitor cancels that, and again after a press of Measure. */
export const measuresItself = (): boolean => readStored(KEY) !== 'off';

/** Keeps it for the next visit. */
export const rememberMeasuring = (on: boolean): void => {
  writeStored(KEY, on ? null : 'off');
};

/** What the slice needs beyond the state: new engines, and word of its changes. */
export interface StudyAccess extends StoreAccess, Watch {
  readonly startEngine: StartEngine;
}

/** Measures training memory in workers of its own, one network after another. */
export function createStudySlice({ get, set, subscribe, startEngine }: StudyAccess): StudySlice {
  let current: AbortController | null = null;

  const update = (change: Partial<Study>): void => {
    set({ study: { ...get().study, ...change } });
  };

  const measureAll = async (
    device: DeviceReport,
    thorough: boolean,
    mine: AbortController,
  ): Promise<void> => {
    const { signal } = mine;
    const aborted = (): boolean => signal.aborted;
    const { experiment } = get();
    const key = studyKey(experiment, device);
    const limit = memoryLimit(experiment, deviceGigabytes());
    const depths = depthsToMeasure(
      experiment,
      studyDepth(get()),
      limit,
      thorough,
      meteredProblem(get()),
    );
    const total = variants.length * depths.length;
    update({ failures: [] });
    // The depth that is compared comes first, for all networks; the curve over depths after it.
    const rounds = [depths.slice(0, 1), depths.slice(1)].filter(({ length }) => length > 0);
    const jobs = rounds.flatMap((round) => variants.map((variant) => ({ variant, round })));
    let before = 0;
    // Kept from round to round: what takes long is to start an engine and to compile its kernels.
    const meters = new Map<MemoryVariant, Meter>();
    for (const { variant, round } of jobs) {
      if (aborted()) return;
      const say = (label: string, done = 0): void => {
        const measuring: Measuring = {
          key,
          variant,
          label,
          total,
          done: before + done,
        };
        if (!aborted()) update({ measuring });
      };
      say('Waiting for the solve to rest');
      await rested({ get, subscribe }, signal);
      if (aborted()) return;
      if (!meters.has(variant)) say('Starting a fresh engine');
      const meter =
        meters.get(variant) ??
        openMeter({
          startEngine,
          backend: device.backend.name,
          // Not `auto`: timing the variants would fill the pool that is measured.
          kernels: device.kernels.inUse,
          signal,
        });
      meters.set(variant, meter);
      try {
        await meter.measure({
          // Memory is the same whatever the weights are, and these need no file.
          experiment: withRandomWeights(experiment),
          variant,
          depths: round,
          onProgress: ({ done, total, label, reports }) => {
            if (aborted()) return;
            say(label, total > 0 ? (done / total) * round.length : 0);
            if (!reports) return;
            const all = get().study.reports;
            update({ reports: { ...all, [key]: mergeReports(all[key] ?? [], reports) } });
          },
        });
      } catch (error) {
        // Its next round begins with a new one.
        meter.dispose();
        meters.delete(variant);
        const { kind, message } = faultOf(error);
        if (kind !== 'cancelled') {
          update({ failures: [...get().study.failures, { variant, message }] });
        }
      }
      before += round.length;
    }
    for (const meter of meters.values()) meter.dispose();
    if (current === mine) {
      current = null;
      update({ measuring: null });
    }
  };

  return {
    study: { reports: {}, measuring: null, failures: [] },
    measureMemory: (thorough) => {
      const { device } = get();
      if (current || !device) return;
      rememberMeasuring(true);
      current = new AbortController();
      void measureAll(device, thorough, current);
    },
    cancelMeasuring: () => {
      rememberMeasuring(false);
      current?.abort();
      current = null;
      update({ measuring: null });
    },
  };
}
