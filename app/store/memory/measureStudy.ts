/** What the memory panel measures; fetched when there is something to measure. */
import type { DeviceReport, MemoryVariant } from '../../../src/engine/protocol/protocol.ts';
import { withRandomWeights } from '../../../src/schema/weights.ts';
import { rested } from '../engine/rested.ts';
import { faultOf } from '../engine/faults.ts';
import { type Meter, openMeter } from './measurement.ts';
import {
  deviceGigabytes,
  depthsToMeasure,
  memoryLimit,
  mergeReports,
  meteredProblem,
  studyDepth,
  studyKey,
  variants,
} from './study.ts';
import type { Measuring, Study, StudyAccess } from './studySlice.ts';

/** Measures training memory in workers of its own, one network after another, until it is done or `signal` ends it. */
export async function measureStudy(
  { get, set, subscribe, startEngine }: StudyAccess,
  device: DeviceReport,
  thorough: boolean,
  signal: AbortSignal,
): Promise<void> {
  const update = (change: Partial<Study>): void => {
    set({ study: { ...get().study, ...change } });
  };
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
}
