import type { Experiment } from '../../src/schema/experiment.ts';
import { EngineError, type Engine } from '../../src/engine/client.ts';
import type {
  BackendPreference,
  EngineEvent,
  KernelPreference,
  MemoryReport,
  MemoryVariant,
} from '../../src/engine/protocol/protocol.ts';
import type { Progress } from './evidence.ts';

/** Where memory is measured. */
export interface MeterOptions {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
  readonly backend: BackendPreference;
  readonly kernels: KernelPreference;
  readonly signal: AbortSignal;
}

/** What one measurement needs. */
export interface MeasureOptions {
  readonly experiment: Experiment;
  readonly variant: MemoryVariant;
  readonly depths: readonly number[];
  readonly onProgress: (progress: Progress) => void;
  readonly onReports: (reports: readonly MemoryReport[]) => void;
}

/** Measures one network, in an engine of its own. */
export interface Meter {
  /** An abort or a fault rejects, and the meter is of no more use. */
  readonly measure: (options: MeasureOptions) => Promise<void>;
  readonly dispose: () => void;
}

/** Starts an engine for one network, whose pool nothing else has filled. An abort ends it. */
export function openMeter(options: MeterOptions): Meter {
  const { signal } = options;
  const aborted = (): boolean => signal.aborted;
  let current: MeasureOptions | null = null;
  let abandon: (error: Error) => void = () => undefined;
  // Commands of a lost device may never answer, so its fault ends the wait.
  const abandoned = new Promise<never>((_, reject) => {
    abandon = reject;
  });
  // When nothing is being measured, nobody waits for it.
  abandoned.catch(() => undefined);
  const engine = options.startEngine((event) => {
    if (aborted()) return;
    if (event.event === 'fault') abandon(new EngineError(event.fault));
    if (event.event !== 'progress') return;
    const { done, total, label, reports } = event;
    current?.onProgress({ done, total, label });
    if (reports) current?.onReports(reports);
  });
  const dispose = (): void => {
    signal.removeEventListener('abort', onAbort);
    engine.dispose();
  };
  const onAbort = (): void => {
    abandon(new EngineError({ kind: 'cancelled', message: 'The measurement was cancelled.' }));
    dispose();
  };
  signal.addEventListener('abort', onAbort);
  if (aborted()) onAbort();
  let booted: Promise<unknown> | null = null;
  const work = async ({ experiment, variant, depths, onReports }: MeasureOptions) => {
    // In use by the page's engine, which has checked them on this device.
    await (booted ??= engine.boot(options.backend, options.kernels, true));
    if (aborted()) return;
    const reports = await engine.measureMemory(experiment, variant, depths);
    if (!aborted()) onReports(reports);
  };
  return {
    measure: async (options) => {
      current = options;
      const working = work(options);
      // When abandoned, nobody waits for it any more.
      working.catch(() => undefined);
      await Promise.race([working, abandoned]);
    },
    dispose,
  };
}
