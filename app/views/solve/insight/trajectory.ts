import type { Trajectory } from '../../../../src/engine/protocol/protocol.ts';
import { formatResidual, plural } from '../../../format.ts';

/** A place in the picture or in the plane of the states. */
export type Place = readonly [x: number, y: number];

/** All of the way, or only where it settles. */
export type Zoom = 'whole' | 'end';

/** Share of the first distance to the end at which `end` begins to look. */
const NEAR = 0.05;
const FEWEST_POINTS = 3;
const MARGIN = 0.12;

/** From a state to its place in the picture. The same unit along both axes, so that angles are true. */
export interface PlaneScale {
  readonly at: (point: Place) => Place;
  readonly unit: number;
  /** What the picture shows: lowest and highest along each axis. */
  readonly x: Place;
  readonly y: Place;
}

const distance = (a: Place, b: Place): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The first point from which on the way stays near its end; at least three points are left. */
export function settlingFrom(points: readonly Place[]): number {
  const end = points.at(-1);
  const first = points[0];
  if (!end || !first) return 0;
  const reach = NEAR * distance(first, end);
  const outside = points.findLastIndex((point) => distance(point, end) > reach);
  return Math.max(0, Math.min(outside + 1, points.length - FEWEST_POINTS));
}

/** Fits points into a box of the given size. */
export function planeScale(points: readonly Place[], width: number, height: number): PlaneScale {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const middle = (values: readonly number[]): number =>
    values.length === 0 ? 0 : (Math.min(...values) + Math.max(...values)) / 2;
  const extent = (values: readonly number[]): number =>
    values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
  const room = 1 - 2 * MARGIN;
  const needed = Math.max(extent(xs) / (room * width), extent(ys) / (room * height));
  const unit = needed > 0 ? 1 / needed : width / 2;
  const [cx, cy] = [middle(xs), middle(ys)];
  return {
    unit,
    at: ([x, y]) => [width / 2 + (x - cx) * unit, height / 2 - (y - cy) * unit],
    x: [cx - width / (2 * unit), cx + width / (2 * unit)],
    y: [cy - height / (2 * unit), cy + height / (2 * unit)],
  };
}

/** About `count` round numbers between two. */
export function roundTicks([low, high]: Place, count: number): number[] {
  const span = (high - low) / Math.max(1, count);
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const power = 10 ** Math.floor(Math.log10(span));
  const step = power * ([1, 2, 5, 10].find((size) => size * power >= span) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** The point nearest to a place in the picture, or null when none is within `reach` pixels. */
export function nearestPoint(places: readonly Place[], to: Place, reach: number): number | null {
  let best: number | null = null;
  let least = reach;
  places.forEach((place, index) => {
    const far = distance(place, to);
    // The later of two on one spot lies on top.
    if (far <= least) [best, least] = [index, far];
  });
  return best;
}

/** How far round the way turns in all, in whole turns; steps too short to have a direction don't count. */
export function turns(points: readonly Place[]): number {
  const end = points.at(-1);
  const first = points[0];
  if (!end || !first) return 0;
  const floor = 1e-4 * distance(first, end);
  let total = 0;
  let before: number | null = null;
  for (let k = 1; k < points.length; k++) {
    const [from, to] = [points[k - 1], points[k]];
    if (!from || !to || distance(from, to) <= floor) continue;
    const direction = Math.atan2(to[1] - from[1], to[0] - from[0]);
    if (before !== null) {
      const turn = direction - before;
      total += Math.atan2(Math.sin(turn), Math.cos(turn));
    }
    before = direction;
  }
  return Math.abs(total) / (2 * Math.PI);
}

/** Names of both axes, with the share of the variance that each holds. */
export function axisNames({ basis, explained }: Trajectory): readonly [string, string] {
  if (basis === 'plane' || !explained) return ['z₁', 'z₂'];
  const share = (value: number): string =>
    value > 0.995 && value < 0.99995
      ? `${(100 * value).toFixed(2)} %`
      : `${(100 * value).toFixed(0)} %`;
  return [
    `PC 1, ${share(explained[0])} of the variance`,
    `PC 2, ${share(explained[1])} of the variance`,
  ];
}

/** What the way looks like, in words; `start` is the iteration of the first point. */
export function trajectorySentence(way: Trajectory, start = 0): string {
  const { points, basis, explained } = way;
  const [first, end] = [points[0], points.at(-1)];
  const last = points.length - 1;
  const from = start === 0 ? 'z₀' : `iteration ${String(start)}`;
  if (!first || !end || last < 1)
    return `The way begins at ${from}; its first step is yet to come.`;
  const steps = points.slice(1).map((point, k) => distance(point, points[k] ?? point));
  const length = steps.reduce((sum, step) => sum + step, 0);
  const straight = distance(first, end);
  const ratio = length / straight;
  const around = turns(points);
  const shape =
    around >= 1
      ? `winds ${around.toFixed(1)} times around its end`
      : ratio < 1.1
        ? 'goes nearly straight to its end'
        : `is ${ratio < 100 ? ratio.toFixed(1) : 'many'} times as long as the straight line`;
  const [one = 0, newest = 0] = [steps[0], steps.at(-1)];
  const shrunk =
    last > 1 && newest > 0 && newest < one
      ? ` The last step is ${formatResidual(newest / one)} of the first.`
      : '';
  const share = (explained?.[0] ?? 0) + (explained?.[1] ?? 0);
  const flat =
    basis === 'plane'
      ? ' The state has two numbers: this is all of it.'
      : share < 0.9
        ? ` Two axes hold only ${(100 * share).toFixed(0)} % of it: what looks near here may be far.`
        : '';
  return `From ${from} in ${plural(last, 'step')} the way ${shape}.${shrunk}${flat}`;
}
