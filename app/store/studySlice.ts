import type { Engine } from '../../src/engine/client.ts';
import type {
  DeviceReport,
  EngineEvent,
  MemoryVariant,
} from '../../src/engine/protocol/protocol.ts';
import type { Measuring, Study, StudySlice } from './evidence.ts';
import { faultOf } from './faults.ts';
import { openMeter, type Meter } from './measurement.ts';
import { rememberMeasuring } from './measuresItself.ts';
import { rested, type Watch } from './rest.ts';
import type { StoreAccess } from './state.ts';
import {
  depthsToMeasure,
  deviceGigabytes,
  kernelPath,
  memoryLimit,
  mergeReports,
  studyDepth,
  studyKey,
  variants,
} from './study.ts';
import { withRandomWeights } from './weights.ts';

/** What the slice needs beyond the state: new engines, and word of its changes. */
export interface StudyAccess extends StoreAccess, Watch {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
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
      kernelPath(device),
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
