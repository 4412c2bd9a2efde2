import { defaultExperiment, type Experiment } from '../src/schema/experiment.ts';
import type { IterationRecord, SolveStatus } from '../src/engine/protocol/protocol.ts';
import { records, status } from './traces/char-transformer.trace.json';

/** A solve computed beforehand, so that the first paint shows one before any engine has loaded. */
export interface RecordedRun {
  readonly applied: Experiment;
  readonly status: SolveStatus;
  readonly records: readonly IterationRecord[];
}

/**
 * The recorded run of the default set-up. That this is still what it was recorded with, a test holds: a curve must never
 * stand under settings it wasn't computed with.
 */
export function recordedRun(): RecordedRun {
  // JSON knows no literal types; the file is written by the project's own script.
  const recorded = { status, records } as unknown as Pick<RecordedRun, 'status' | 'records'>;
  return { applied: defaultExperiment, ...recorded };
}
