import type { DBSchema } from 'idb';
import type { RunTrace } from '../../../src/runs/run.ts';
import { keptDatabase, type Database } from '../database.ts';

/** A run's head as it was written; `by`: the page that wrote it. Nothing in it is trusted. */
export type StoredRun = Readonly<Record<'head' | 'bytes' | 'by', unknown>>;

/** The browser's database of runs. */
export interface RunsSchema extends DBSchema {
  /** Without their numbers, so that listing them stays cheap. */
  heads: { key: string; value: StoredRun };
  traces: { key: string; value: RunTrace };
  /** By id; each is read as something unknown. */
  sweeps: { key: string; value: unknown };
}

/** It has sweeps since version 2. Opened when first used. */
export const openRunsDatabase = (): Database<RunsSchema> =>
  keptDatabase<RunsSchema>('deq-runs', ['heads', 'traces', 'sweeps'], 2);

/** Under it the browser keeps the id of the sweep that a tab is at; what stands there when none is was interrupted. */
export const INTERRUPTED = 'deq-sweep';
