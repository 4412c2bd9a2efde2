import type { Experiment } from '../../../src/schema/experiment.ts';
import type {
  BackendPreference,
  KernelPreference,
  MemoryVariant,
  ProgressNews,
} from '../../../src/engine/protocol/protocol.ts';
import type { StartEngine } from '../engine/lane.ts';
import { openOwnLane } from '../engine/ownLane.ts';

/** Where memory is measured. */
export interface MeterOptions {
  readonly startEngine: StartEngine;
  readonly backend: BackendPreference;
  readonly kernels: KernelPreference;
  readonly signal: AbortSignal;
}

/** What one measurement needs. */
export interface MeasureOptions {
  readonly experiment: Experiment;
  readonly variant: MemoryVariant;
  readonly depths: readonly number[];
  /** Reports come with the news of them. */
  readonly onProgress: (news: ProgressNews) => void;
}

/** Measures one network, in an engine of its own. */
export interface Meter {
  /** An abort or a fault rejects, and the engine is gone. */
  readonly measure: (options: MeasureOptions) => Promise<void>;
  readonly dispose: () => void;
}

/** An engine for one network, whose pool nothing else has filled. An abort ends it. */
export function openMeter({ startEngine, backend, kernels, signal }: MeterOptions): Meter {
  const lane = openOwnLane({
    ...{ startEngine, signal },
    boot: async (engine) => {
      // In use by the page's engine, which has checked them on this device.
      await engine.boot(backend, kernels, true);
    },
  });
  return {
    measure: ({ experiment, variant, depths, onProgress }) =>
      lane.ask(async (engine) => {
        signal.throwIfAborted();
        await engine.with({ onProgress }).measureMemory(experiment, variant, depths);
      }),
    dispose: lane.close,
  };
}
