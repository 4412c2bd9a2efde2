import { Curve, Line, usePlotArea, useYAxisScale, XAxis, YAxis, type CurveProps } from 'recharts';
import { formatPower, formatTick } from '../format.ts';
import { margins, type ChartFrame, type FramedLine } from './frame.ts';
import { FloorMark } from './PointMark.tsx';
import type { ChartPoint } from './series.ts';

const tick = { fill: 'var(--muted)', fontSize: 12 };

/** A line across the chart at every tick: of Recharts's grid the only part our charts have. */
function GridLines({ ticks }: { readonly ticks: readonly number[] }) {
  const down = useYAxisScale();
  const area = usePlotArea();
  if (!down || !area) return null;
  return ticks.map((tick) => {
    const y = down(tick);
    return (
      <line key={tick} x1={area.x} x2={area.x + area.width} y1={y} y2={y} stroke="var(--line)" />
    );
  });
}

/**
 * The curve of a line, unmeasured: of one that it can get hold of Recharts asks the length at every change, for an
 * animation that ours do not have, and the browser lays the page out to tell.
 */
export const drawCurve = (props: CurveProps) => <Curve {...props} pathRef={null} />;

/** Grid and axes of a residual chart. */
export function ChartAxes({ x, y }: Pick<ChartFrame, 'x' | 'y'>) {
  const [low, high] = y.range;
  return (
    <>
      <GridLines ticks={y.ticks} />
      <XAxis
        dataKey="x"
        type="number"
        domain={[0, x.end]}
        ticks={x.ticks}
        height={margins.bottom}
        tick={tick}
        tickLine={false}
        tickMargin={4}
        axisLine={{ stroke: 'var(--line)' }}
        interval={0}
      />
      <YAxis
        scale={y.scale}
        domain={[low, high]}
        ticks={y.ticks}
        width={margins.left}
        tick={tick}
        tickLine={false}
        tickMargin={4}
        axisLine={false}
        tickFormatter={y.scale === 'log' ? formatPower : formatTick}
        interval={0}
      />
    </>
  );
}

/** Traces beside the current one, told apart by colour and dash. */
export function TraceLines(props: {
  readonly lines: readonly FramedLine[];
  /** Whether zeros stand on the floor of a log axis, where they need a mark. */
  readonly log: boolean;
}) {
  const { lines, log } = props;
  return lines.map(({ key, name, stroke, dash, faint, points }) => (
    <Line
      key={key}
      data={[...points]}
      dataKey="worst"
      name={name}
      type="linear"
      stroke={stroke}
      strokeWidth={2}
      strokeDasharray={dash}
      style={faint ? { opacity: 'var(--ghost)' } : undefined}
      tooltipType="none"
      dot={
        log && points.some(({ exact }) => exact === 0)
          ? ({ cx, cy, index, payload }) => (
              <FloorMark
                key={index}
                x={cx}
                y={cy}
                stroke={stroke}
                zero={(payload as ChartPoint).exact === 0}
              />
            )
          : false
      }
      activeDot={false}
      shape={drawCurve}
      isAnimationActive={false}
    />
  ));
}
