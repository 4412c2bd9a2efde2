import type { RunAxis } from '../../../src/runs/run.ts';
import { logScale, type LogScale } from '../../charts/logScale.ts';
import { axisEnd, axisTicks, decadeTicks, roundAxis, type Scale } from '../../charts/series.ts';
import type { Points } from '../../charts/stream/points.ts';

/** Axes that hold all curves. */
export interface CompareFrame {
  readonly x: { readonly end: number; readonly ticks: number[] };
  readonly y: {
    readonly scale: Scale;
    readonly range: readonly [number, number];
    readonly ticks: number[];
  };
}

/** Nothing is drawn below this: float32 sees nothing there. */
const LOWEST = 1e-16;
const HEADROOM = 1.25;

/** Axes around the curves; values of zero stand on the lower edge of a log axis and stretch nothing. */
export function frameOf(lines: readonly Points[], axis: RunAxis, log: boolean): CompareFrame {
  let last = 0;
  let [least, most] = [Infinity, -Infinity];
  for (const { x, y } of lines) {
    last = Math.max(last, x.at(-1) ?? 0);
    for (const value of y) {
      if (value === null || (log && value <= 0)) continue;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  const counted = axis !== 'milliseconds' && last <= 400;
  const end = axisEnd(last);
  return {
    x: counted ? { end, ticks: axisTicks(end) } : roundAxis(last),
    y: log ? logAxis(least, most) : linearAxis(least, most),
  };
}

function logAxis(least: number, most: number): CompareFrame['y'] {
  if (most <= 0 || least > most)
    return { scale: 'log', range: [1e-5, 1], ticks: decadeTicks([1e-5, 1]) };
  const bottom = Math.floor(Math.log10(Math.max(least, LOWEST)) - 1e-9);
  const top = Math.max(Math.ceil(Math.log10(most) - 1e-9), bottom + 1);
  const range = [Number(`1e${String(bottom)}`), HEADROOM * Number(`1e${String(top)}`)] as const;
  return { scale: 'log', range, ticks: decadeTicks(range) };
}

/** Around the values, not from zero: losses differ in their second digit. */
function linearAxis(least: number, most: number): CompareFrame['y'] {
  if (least > most) return { scale: 'linear', range: [0, 1], ticks: [0, 1] };
  const margin = 0.06 * (most - least || Math.abs(most) || 1);
  const low = least >= 0 ? Math.max(0, least - margin) : least - margin;
  const high = most + margin;
  const power = 10 ** Math.floor(Math.log10((high - low) / 4));
  const stride = ([1, 2, 5, 10].find((size) => (high - low) / (size * power) <= 6) ?? 10) * power;
  const first = Math.ceil(low / stride - 1e-9);
  const count = Math.floor(high / stride + 1e-9) - first;
  const ticks = Array.from({ length: count + 1 }, (_, index) =>
    Number(((first + index) * stride).toPrecision(6)),
  );
  return { scale: 'linear', range: [low, high], ticks };
}

/** Where values go between two pixels, and which are labelled. */
export function valueScale(
  values: readonly number[],
  log: boolean,
  from: number,
  to: number,
): LogScale {
  if (log) return logScale(values, from, to);
  const { range, ticks } = linearAxis(Math.min(...values), Math.max(...values));
  const [low, high] = range;
  return { at: (value) => from + ((value - low) / (high - low)) * (to - from), ticks };
}
