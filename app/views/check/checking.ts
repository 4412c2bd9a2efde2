import type {
  CheckRow,
  CheckSource,
  DeviceReport,
  KernelPreference,
  ProgressNews,
} from '../../../src/engine/protocol/protocol.ts';
import type { StartEngine } from '../../store/engine/lane.ts';
import { openOwnLane } from '../../store/engine/ownLane.ts';

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
  readonly startEngine: StartEngine;
  readonly kernels: KernelPreference;
  readonly signal: AbortSignal;
  readonly change: (news: Partial<Checking>) => void;
  readonly fetchText?: (path: string) => Promise<string>;
}): Promise<void> {
  const { startEngine, kernels, signal, change, fetchText = fetchOwn } = options;
  const lane = openOwnLane({
    ...{ startEngine, signal },
    stopped: { kind: 'cancelled', message: 'The check was stopped.' },
    boot: async (engine) => {
      change({ label: 'Starting an engine' });
      change({ device: await engine.boot('auto', kernels) });
    },
  });
  let rows: readonly CheckRow[] = [];
  const onProgress = ({ checks = [], total, label }: ProgressNews): void => {
    rows = [...rows, ...checks];
    change({ rows, total, label });
  };
  try {
    const sources = await Promise.all(
      names.map(async (name): Promise<CheckSource> => {
        return { name, json: await fetchText(`golden/${name}.json`) };
      }),
    );
    signal.throwIfAborted();
    await lane.ask(async (engine) => {
      await engine.with({ onProgress }).check(sources);
    });
  } finally {
    lane.close();
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
