import {
  axisEnd,
  axisTicks,
  chartPoints,
  decadeRange,
  decadeTicks,
  linearRange,
  onFloor,
  roundAxis,
  type Axis,
  type ChartPoint,
  type Measure,
  type Scale,
} from './series.ts';
import type { IterationRecord } from '../../src/engine/protocol/protocol.ts';

/** Space around the plot, in pixels; the preview and the chart share it, so that nothing jumps. */
export const margins = { top: 14, right: 58, bottom: 26, left: 50 } as const;

/** A trace beside the one that is being made, named at its end. */
export interface TraceLine {
  readonly key: string;
  readonly name: string;
  readonly stroke: string;
  readonly dash: string;
  /** Drawn as little more than a shadow. */
  readonly faint: boolean;
  readonly records: readonly IterationRecord[];
}

/** What the residual chart needs to know. */
export interface ResidualChartProps {
  readonly records: readonly IterationRecord[];
  readonly measure: Measure;
  readonly axis: Axis;
  /** Division of the vertical axis; logarithmic where nothing else is said. */
  readonly scale?: Scale | undefined;
  /** Null where the solve stops on the other residual. */
  readonly tolerance: number | null;
  /** Another solve to draw behind this one. */
  readonly behind?: readonly IterationRecord[] | undefined;
  /** Iteration that is looked back at; what follows is drawn as a ghost. */
  readonly cursor?: number | null;
  /** Iteration from which the records are this solve's own; before it they are its parent's. */
  readonly from?: number;
  readonly lines?: readonly TraceLine[];
  /** Factor per iteration to draw from the first own point; only where iterations are counted. */
  readonly rate?: number | null | undefined;
  /** Written at the end of the curve, where there are others. */
  readonly name?: string | undefined;
  /** What it shows, in words, for those who don't see it. */
  readonly label?: string | undefined;
  readonly onPick?: (iteration: number) => void;
}

/** Points of a line beside the current one. */
export interface FramedLine extends TraceLine {
  readonly points: readonly ChartPoint[];
}

/** Points and axes of a chart, ready to draw. */
export interface ChartFrame {
  /** Of the solve on screen, its parent's part included. */
  readonly points: readonly ChartPoint[];
  readonly behind: readonly ChartPoint[];
  readonly lines: readonly FramedLine[];
  readonly x: { readonly end: number; readonly ticks: number[] };
  readonly y: {
    readonly scale: Scale;
    readonly range: readonly [number, number];
    readonly ticks: number[];
  };
  /** Whether there is more than one sample, so that worst and median differ. */
  readonly batched: boolean;
}

/** Everything a chart draws, from records alone. */
export function chartFrame(props: ResidualChartProps): ChartFrame {
  const { measure, axis, scale = 'log', tolerance } = props;
  const points = chartPoints(props.records, measure, axis);
  const behind = chartPoints(props.behind ?? [], measure, axis);
  const lines = (props.lines ?? []).map((line): FramedLine => ({
    ...line,
    points: chartPoints(line.records, measure, axis),
  }));
  const all = [points, behind, ...lines.map((line) => line.points)];
  const last = Math.max(...all.map((some) => some.at(-1)?.x ?? 0));
  const x = axis === 'milliseconds' ? roundAxis(last) : countedAxis(last);
  const batched = (props.records[0]?.rel.length ?? 1) > 1;
  if (scale === 'linear') {
    const y = { scale, ...linearRange(all.flat(), tolerance) };
    return { points, behind, lines, x, y, batched };
  }
  const range = decadeRange(all.flat(), tolerance);
  const lift = (some: readonly ChartPoint[]): readonly ChartPoint[] => onFloor(some, range[0]);
  return {
    points: lift(points),
    behind: lift(behind),
    lines: lines.map((line) => ({ ...line, points: lift(line.points) })),
    x,
    y: { scale, range, ticks: decadeTicks(range) },
    batched,
  };
}

function countedAxis(last: number): ChartFrame['x'] {
  const end = axisEnd(last);
  return { end, ticks: axisTicks(end) };
}
