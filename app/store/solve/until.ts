import type { IterationRecord } from '../../../src/engine/protocol/protocol.ts';
import { worst, type Measure } from '../../charts/series.ts';
import { formatPower } from '../../format.ts';

/** Where a run pauses by itself, besides where the solve ends. */
export interface Until {
  /** Pause below this residual; null: only at the tolerance, where the solve ends. */
  readonly below: number | null;
  /** Pause at this iteration. */
  readonly iteration: number | null;
  /** Pause when ten iterations gained less than one per cent. */
  readonly stalled: boolean;
}

/** The conditions, and which of them ended the last run. */
export interface UntilSlice {
  readonly until: Until;
  readonly setUntil: (change: Partial<Until>) => void;
  /** Why the last run paused, in words; null when none of the conditions ended it. */
  readonly halted: string | null;
}

const STALL_ITERATIONS = 10;
const STALL_GAIN = 0.01;

/** Whether there is a condition beyond those that end a solve. */
export const isBounded = ({ below, iteration, stalled }: Until): boolean =>
  below !== null || iteration !== null || stalled;

/**
 * Which condition the newest record is the first to meet, in words; null for none. One that was met
 * before doesn't count: pressing Run again goes on.
 */
export function haltReason(
  records: readonly IterationRecord[],
  until: Until,
  measure: Measure,
): string | null {
  const before = records.slice(0, -1);
  const { below, iteration } = until;
  if (below !== null && isBelow(records, below, measure) && !isBelow(before, below, measure))
    return `the residual is below ${formatPower(below)}`;
  if (records.at(-1)?.iteration === iteration) return 'the iteration you asked for';
  if (until.stalled && hasStalled(records, measure) && !hasStalled(before, measure))
    return 'the last 10 iterations gained less than 1 %';
  return null;
}

const isBelow = (records: readonly IterationRecord[], limit: number, measure: Measure): boolean =>
  worst(records.at(-1)?.[measure] ?? []) < limit;

/** Compares lowest residuals: a curve that swings and still comes down has not stalled. */
function hasStalled(records: readonly IterationRecord[], measure: Measure): boolean {
  if (records.length <= STALL_ITERATIONS) return false;
  const lowest = (some: readonly IterationRecord[]): number =>
    Math.min(...some.map((record) => worst(record[measure])));
  const old = lowest(records.slice(0, -STALL_ITERATIONS));
  return lowest(records.slice(-STALL_ITERATIONS)) > (1 - STALL_GAIN) * old;
}
