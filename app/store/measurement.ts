import type { Experiment } from '../../src/schema/experiment.ts';
import { EngineError, type Engine } from '../../src/engine/client.ts';
import type {
  BackendPreference,
  EngineEvent,
  KernelPreference,
  MemoryVariant,
  ProgressNews,
} from '../../src/engine/protocol/protocol.ts';

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
  /** Reports come with the news of them. */
  readonly onProgress: (news: ProgressNews) => void;
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
  let abandon: (error: Error) => void = () => undefined;
  // Commands of a lost device may never answer, so its fault ends the wait.
  const abandoned = new Promise<never>((_, reject) => {
    abandon = reject;
  });
  // When nothing is being measured, nobody waits for it.
  abandoned.catch(() => undefined);
  const engine = options.startEngine((event) => {
    if (event.event === 'fault') abandon(new EngineError(event.fault));
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
  const work = async ({ experiment, variant, depths, onProgress }: MeasureOptions) => {
    // In use by the page's engine, which has checked them on this device.
    await (booted ??= engine.boot(options.backend, options.kernels, true));
    if (aborted()) return;
    await engine.with({ onProgress }).measureMemory(experiment, variant, depths);
  };
  return {
    measure: async (options) => {
      const working = work(options);
      // When abandoned, nobody waits for it any more.
      working.catch(() => undefined);
      await Promise.race([working, abandoned]);
    },
    dispose,
  };
}
