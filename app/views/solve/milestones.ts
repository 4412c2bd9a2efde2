import { worst, type Measure } from '../../charts/series.ts';
import type { IterationRecord } from '../../../src/engine/protocol/protocol.ts';

/** A decade of the residual, and the first record that got below it. */
export interface Milestone {
  readonly below: number;
  readonly record: IterationRecord | null;
}

/** As many rows as the card has room for. */
const MOST_MARKS = 5;

/** When the worst residual first fell below each power of ten, down to the tolerance; at most five. */
export function milestones(
  records: readonly IterationRecord[],
  measure: Measure,
  tolerance: number,
): Milestone[] {
  const first = records[0];
  const start = first ? worst(first[measure]) : 1;
  const top = Number.isFinite(start) && start > 0 ? Math.ceil(Math.log10(start) - 1e-9) - 1 : -1;
  const bottom = Math.floor(Math.log10(tolerance) + 1e-9);
  const marks: number[] = [];
  for (let exponent = top; exponent > bottom; exponent--)
    marks.push(Number(`1e${String(exponent)}`));
  marks.push(tolerance);
  // Skipping evenly, counted from the tolerance, which always stays.
  const stride = Math.ceil(marks.length / MOST_MARKS);
  const kept = marks.filter((_, index) => (marks.length - 1 - index) % stride === 0);
  return kept.map((below) => ({
    below,
    record: records.find((record) => worst(record[measure]) < below) ?? null,
  }));
}

/** Mean factor by which the worst residual changes from one iteration to the next, or null. */
export function meanFactor(records: readonly IterationRecord[], measure: Measure): number | null {
  const first = records[0];
  const newest = records.at(-1);
  if (!first || !newest || newest.iteration === first.iteration) return null;
  const factor =
    (worst(newest[measure]) / worst(first[measure])) ** (1 / (newest.iteration - first.iteration));
  return Number.isFinite(factor) && factor > 0 ? factor : null;
}
