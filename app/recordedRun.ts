import { defaultExperiment, parseExperiment, type Experiment } from '../src/schema/experiment.ts';
import type { IterationRecord, SolveStatus } from '../src/engine/protocol/protocol.ts';
import trace from './traces/char-transformer.trace.json';

/** A solve computed beforehand, so that the first paint shows one before any engine has loaded. */
export interface RecordedRun {
  readonly applied: Experiment;
  readonly status: SolveStatus;
  readonly records: readonly IterationRecord[];
}

/**
 * The recorded run of the default set-up, or undefined if that has changed since it was
 * recorded: a curve must never stand under settings it wasn't computed with.
 */
export function recordedRun(): RecordedRun | undefined {
  const { experiment, adjustments } = parseExperiment(trace.experiment);
  const same = JSON.stringify(experiment) === JSON.stringify(defaultExperiment);
  if (!same || adjustments.length > 0) return undefined;
  // JSON knows no literal types; the file is written by the project's own script.
  const { status, records } = trace as unknown as Pick<RecordedRun, 'status' | 'records'>;
  return { applied: defaultExperiment, status, records };
}
