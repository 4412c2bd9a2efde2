import { EngineError, type Engine } from '../../../src/engine/client.ts';
import type {
  CheckRow,
  CheckSource,
  DeviceReport,
  EngineEvent,
  KernelPreference,
  ProgressNews,
} from '../../../src/engine/protocol/protocol.ts';

/** How the check stands. */
export interface Checking {
  readonly busy: boolean;
  /** What is being done. */
  readonly label: string;
  readonly device: DeviceReport | null;
  readonly rows: readonly CheckRow[];
  /** 0 until it is known. */
  readonly total: number;
  /** Why it could not go on, in words. */
  readonly failure: string | null;
}

/** Nothing has been checked yet. */
export const noCheck: Checking = {
  busy: false,
  label: '',
  device: null,
  rows: [],
  total: 0,
  failure: null,
};

/** Files of reference values, the smallest first, so that something is seen soon. */
const names = [
  'tanh-contractive',
  'tanh-expansive',
  'trellisnet',
  'transformer-post-ln',
  'transformer-pre-ln',
  'transformer-post-ln-mems',
] as const;

/**
 * All checks, in an engine of its own with the kernels the page uses; it is gone when the promise
 * settles. An abort or a fault rejects it.
 */
export async function runCheck(options: {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
  readonly kernels: KernelPreference;
  readonly signal: AbortSignal;
  readonly change: (news: Partial<Checking>) => void;
  readonly fetchText?: (path: string) => Promise<string>;
}): Promise<void> {
  const { signal, change, fetchText = fetchOwn } = options;
  let abandon: (error: Error) => void = () => undefined;
  // Commands of a lost device may never answer, so its fault ends the wait.
  const abandoned = new Promise<never>((_, reject) => {
    abandon = reject;
  });
  abandoned.catch(() => undefined);
  let rows: readonly CheckRow[] = [];
  const engine = options.startEngine((event) => {
    if (event.event === 'fault') abandon(new EngineError(event.fault));
  });
  const onProgress = ({ checks = [], total, label }: ProgressNews): void => {
    if (signal.aborted) return;
    rows = [...rows, ...checks];
    change({ rows, total, label });
  };
  const onAbort = (): void => {
    abandon(new EngineError({ kind: 'cancelled', message: 'The check was stopped.' }));
  };
  signal.addEventListener('abort', onAbort);
  const check = async (): Promise<void> => {
    const sources = await Promise.all(
      names.map(async (name): Promise<CheckSource> => {
        return { name, json: await fetchText(`golden/${name}.json`) };
      }),
    );
    change({ label: 'Starting an engine' });
    const device = await engine.boot('auto', options.kernels);
    change({ device });
    await engine.with({ onProgress }).check(sources);
  };
  try {
    await Promise.race([check(), abandoned]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    engine.dispose();
  }
}

async function fetchOwn(path: string): Promise<string> {
  const response = await fetch(path);
  if (!response.ok)
    throw new Error(
      `The reference values ${path} could not be fetched (${String(response.status)}). Try again when you are online.`,
    );
  return response.text();
}
