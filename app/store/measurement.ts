import type { Experiment } from '../../src/config/experiment.ts';
import { EngineError, type Engine } from '../../src/engine/client.ts';
import type {
  BackendPreference,
  EngineEvent,
  KernelPreference,
  MemoryReport,
  MemoryVariant,
} from '../../src/engine/protocol.ts';
import type { Progress } from './evidence.ts';

/** What one measurement needs. */
export interface MeasureOptions {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
  readonly backend: BackendPreference;
  readonly kernels: KernelPreference;
  readonly experiment: Experiment;
  readonly variant: MemoryVariant;
  readonly depths: readonly number[];
  readonly onProgress: (progress: Progress) => void;
  readonly onReports: (reports: readonly MemoryReport[]) => void;
  readonly signal: AbortSignal;
}

/**
 * One network, measured in an engine of its own, whose pool no earlier run has filled. The engine
 * is gone when the promise settles; an abort or a fault rejects it.
 */
export async function measureVariant(options: MeasureOptions): Promise<void> {
  const { experiment, variant, depths, signal, onProgress, onReports } = options;
  let abandon: (error: Error) => void = () => undefined;
  // Commands of a lost device may never answer, so its fault ends the wait.
  const abandoned = new Promise<never>((_, reject) => {
    abandon = reject;
  });
  const aborted = (): boolean => signal.aborted;
  const engine = options.startEngine((event) => {
    if (aborted()) return;
    if (event.event === 'fault') abandon(new EngineError(event.fault));
    if (event.event !== 'progress') return;
    const { done, total, label, reports } = event;
    onProgress({ done, total, label });
    if (reports) onReports(reports);
  });
  const onAbort = (): void => {
    abandon(new EngineError({ kind: 'cancelled', message: 'The measurement was cancelled.' }));
  };
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  const measure = async (): Promise<void> => {
    // In use by the page's engine, which has checked them on this device.
    await engine.boot(options.backend, options.kernels, true);
    if (aborted()) return;
    const reports = await engine.measureMemory(experiment, variant, depths);
    if (!aborted()) onReports(reports);
  };
  try {
    const work = measure();
    // When abandoned, nobody waits for it any more.
    work.catch(() => undefined);
    await Promise.race([work, abandoned]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    engine.dispose();
  }
}
