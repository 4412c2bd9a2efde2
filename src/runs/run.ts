/**
 * A run: a solve that ended or a training, with all that it takes to compare it, to make it again and to take it
 * elsewhere. Plain data: it is kept in IndexedDB, travels in bundles and is read by the page; it holds no tensors.
 */
import type { Experiment } from '../schema/experiment.ts';

/** Format of a run in storage and in bundles. Readers of old ones stay for ever. */
export const runVersion = 1;

/** What a horizontal axis counts. `examples` are what the task counts: tokens, digits, points. */
export type RunAxis = 'iteration' | 'evaluations' | 'milliseconds' | 'step' | 'examples';

/** One number that a run ended with. */
export interface RunMetric {
  /** May be NaN or infinite: that is how a diverged run ends. */
  readonly value: number;
  /** `ms`, `bytes`, `nats a token`; empty for a ratio or a count that its name explains. */
  readonly unit: string;
  readonly better: 'lower' | 'higher';
}

/** One curve of a run; its numbers stand in the trace. */
export interface RunCurve {
  /** Name of the column of the trace with the values: `rel`, `loss`, `validation`, `twin.loss`. */
  readonly name: string;
  /** Columns of the trace that it can be drawn over, by what they count. Each is as long as the values. */
  readonly x: Readonly<Partial<Record<RunAxis, string>>>;
  /** Unit of the values; empty for a ratio. */
  readonly unit: string;
  /**
   * What the values are, in words that name every choice which makes them comparable. Two curves may share an axis
   * only where these are equal: the same residual by the same convention, the same loss of the same task.
   */
  readonly definition: string;
}

/** Which weights a run had. */
export interface RunWeights {
  readonly from: 'random' | 'pretrained' | 'trained';
  /** SHA-256 of the file, in hexadecimal, where they are the visitor's own. */
  readonly hash?: string;
}

/** What a run was solved on or learnt from. */
export interface RunInput {
  /** As the page calls it: "the cat sat on …", "Moby-Dick", "your text". */
  readonly name: string;
  /** SHA-256 of what is the visitor's own, a text or a drawing, in hexadecimal; absent for what the page brings. */
  readonly hash?: string;
  readonly weights: RunWeights;
}

/** What a run was computed on. Two runs with different ones may differ in times, and a little in numbers. */
export interface RunDevice {
  /** `webgpu`, `wasm`, `cpu`. */
  readonly backend: string;
  /** `registers`, `tiles`, `stock`. */
  readonly kernels: string;
  /** The GPU as the browser names it; empty where there is none. */
  readonly adapter: string;
}

/** Whether times on two devices can be held against each other. */
export const sameDevice = (a: RunDevice, b: RunDevice): boolean =>
  a.backend === b.backend && a.kernels === b.kernels && a.adapter === b.adapter;

/** All of a run but its curves: small, and listed in the drawer. */
export interface RunHead {
  readonly version: typeof runVersion;
  readonly id: string;
  readonly kind: 'solve' | 'training';
  /** Of a solve: which one. Absent: the forward one. */
  readonly pass?: 'backward';
  /** Adjective and noun, until the visitor gives it another. */
  readonly name: string;
  /** Whether the visitor gave it that name. */
  readonly renamed: boolean;
  readonly note: string;
  readonly starred: boolean;
  readonly pinned: boolean;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** The whole set-up, seeds and the input of a solve included. A text that is learnt from is not in it. */
  readonly experiment: Experiment;
  readonly input: RunInput;
  /** Version and commit of the page that made it. */
  readonly build: string;
  readonly device: RunDevice;
  /** Of a solve its last `SolveStatus`; of a training `running`, `paused`, `finished`, `stopped`, `nonfinite`, `diverged` or `failed`. */
  readonly status: string;
  /** By name; which there are depends on the run. */
  readonly metrics: Readonly<Record<string, RunMetric>>;
  readonly curves: readonly RunCurve[];
  /** Records that were made, where the trace holds fewer: extremes of each stretch were kept. */
  readonly thinnedFrom?: number;
  /** Of a training: the id by which its checkpoints are kept in this browser. */
  readonly training?: string;
  /** Of a sweep: which one, and the cell's place along each of its settings. */
  readonly sweep?: { readonly id: string; readonly cell: readonly number[] };
  /** The seeds of one set-up have this in common. */
  readonly repeat?: { readonly id: string };
}

/** Whether its owner has marked it: with a star, a pin or a note. */
export const isMarked = ({ starred, pinned, note }: RunHead): boolean =>
  starred || pinned || note !== '';

/** The numbers behind a run's curves, by column. Which of them belong together, the head's curves say. */
export interface RunTrace {
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** A run with its numbers. */
export interface RunRecord {
  readonly head: RunHead;
  readonly trace: RunTrace;
}

/** What is read of a run, and kept. Whatever is longer is cut or refused, in words. */
export const runLimits = {
  /** Code points of a name, and of a note. */
  name: 60,
  note: 2000,
  /** Metrics, and curves. */
  metrics: 64,
  curves: 32,
  /** Columns of a trace, and numbers in all of them together: 8 MB. */
  columns: 64,
  values: 1_000_000,
} as const;

/** Bytes that a run takes: eight a number of its trace, and about those of its head. */
export function bytesOfRun({ head, trace }: RunRecord): number {
  const numbers = Object.values(trace.columns).reduce((sum, column) => sum + column.length, 0);
  return 8 * numbers + 2 * JSON.stringify(head).length;
}
