import type { RunAxis, RunCurve, RunTrace } from '../../../src/runs/run.ts';
import { decimate, type Points } from '../../charts/stream/points.ts';

/** A run's curve over one axis, ready to draw. */
export interface RunLine {
  readonly points: Points;
  /** Places where the value is NaN or infinite: each is marked at the top edge. */
  readonly offScale: readonly number[];
  /** Places where a value is exactly zero, for which a log axis has no place. */
  readonly zeros: readonly number[];
}

/** What a visible run's curve may take, and what one in the background. */
export const MOST_POINTS = { visible: 400, grey: 80 } as const;

const NOTHING: RunLine = { points: { x: [], y: [] }, offScale: [], zeros: [] };

/** The numbers of a curve over an axis, as they were recorded; null where the run has no such axis. */
export function columnsOf(
  curve: RunCurve,
  trace: RunTrace,
  axis: RunAxis,
): { readonly x: Float64Array; readonly y: Float64Array } | null {
  const name = curve.x[axis];
  const x = name === undefined ? undefined : trace.columns[name];
  const y = trace.columns[curve.name];
  return x && y && x.length === y.length ? { x, y } : null;
}

/**
 * A curve as at most about `most` points, the lowest and the highest of each stretch; nothing that is no number is
 * dropped silently. Each trace is thinned once for each axis.
 */
export function runLine(
  curve: RunCurve,
  trace: RunTrace,
  axis: RunAxis,
  most: number = MOST_POINTS.visible,
): RunLine {
  const key = `${curve.name} ${axis} ${String(most)}`;
  const known = thinned.get(trace) ?? new Map<string, RunLine>();
  thinned.set(trace, known);
  const line = known.get(key) ?? makeLine(curve, trace, axis, most);
  known.set(key, line);
  return line;
}

const thinned = new WeakMap<RunTrace, Map<string, RunLine>>();

function makeLine(curve: RunCurve, trace: RunTrace, axis: RunAxis, most: number): RunLine {
  const columns = columnsOf(curve, trace, axis);
  if (!columns) return NOTHING;
  const line = { x: [] as number[], y: [] as number[] };
  const offScale: number[] = [];
  const zeros: number[] = [];
  columns.y.forEach((value, index) => {
    const x = columns.x[index];
    if (x === undefined || !Number.isFinite(x)) return;
    if (!Number.isFinite(value)) {
      offScale.push(x);
      return;
    }
    if (value === 0) zeros.push(x);
    line.x.push(x);
    line.y.push(value);
  });
  // Two of each stretch and the two ends.
  return {
    points: decimate(line, most - 4),
    offScale: offScale.slice(0, 40),
    zeros: zeros.slice(0, 40),
  };
}
