import {
  axisEnd,
  axisTicks,
  chartPoints,
  decadeRange,
  decadeTicks,
  type Axis,
  type ChartPoint,
  type Measure,
} from './series.ts';
import type { IterationRecord } from '../../src/engine/protocol.ts';

/** Space around the plot, in pixels; the preview and the chart share it, so that nothing jumps. */
export const margins = { top: 14, right: 58, bottom: 26, left: 50 } as const;

/** What the residual chart needs to know. */
export interface ResidualChartProps {
  readonly records: readonly IterationRecord[];
  readonly measure: Measure;
  readonly axis: Axis;
  /** Null where the solve stops on the other residual. */
  readonly tolerance: number | null;
  /** Another solve to draw behind this one. */
  readonly behind?: readonly IterationRecord[] | undefined;
}

/** Points and axes of a chart, ready to draw. */
export interface ChartFrame {
  readonly points: readonly ChartPoint[];
  readonly behind: readonly ChartPoint[];
  readonly x: { readonly end: number; readonly ticks: number[] };
  readonly y: { readonly range: readonly [number, number]; readonly ticks: number[] };
  /** Whether there is more than one sample, so that worst and median differ. */
  readonly batched: boolean;
}

/** Everything a chart draws, from records alone. */
export function chartFrame(props: ResidualChartProps): ChartFrame {
  const points = chartPoints(props.records, props.measure, props.axis);
  const behind = chartPoints(props.behind ?? [], props.measure, props.axis);
  const end = axisEnd(Math.max(points.at(-1)?.x ?? 0, behind.at(-1)?.x ?? 0));
  const range = decadeRange([...points, ...behind], props.tolerance);
  return {
    points,
    behind,
    x: { end, ticks: axisTicks(end) },
    y: { range, ticks: decadeTicks(range) },
    batched: (props.records[0]?.rel.length ?? 1) > 1,
  };
}
