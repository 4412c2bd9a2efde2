import { memo } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatPower } from '../format.ts';
import { palette } from '../theme/palette.ts';
import { ChartTooltip } from './ChartTooltip.tsx';
import { chartFrame, margins, type ResidualChartProps } from './frame.ts';
import { OffScale, PointMark } from './PointMark.tsx';
import type { ChartPoint } from './series.ts';

const tick = { fill: 'var(--muted)', fontSize: 12 };
/** With more points than this the dots would be the line. */
const MOST_DOTS = 12;

/** What a tooltip or a dot is about: Recharts hands back the data given to the chart. */
const pointOf = (given: unknown): ChartPoint => given as ChartPoint;

/** Residual against iterations or evaluations, on a log axis. Nothing moves but what was computed. */
function ResidualChart(props: ResidualChartProps) {
  const { points, behind, x, y, batched } = chartFrame(props);
  const newest = points.length - 1;
  const [low, high] = y.range;
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={50}>
      <LineChart
        data={[...points]}
        margin={{ top: margins.top, right: margins.right, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} syncWithTicks stroke="var(--line)" />
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
          scale="log"
          domain={[low, high]}
          ticks={y.ticks}
          width={margins.left}
          tick={tick}
          tickLine={false}
          tickMargin={4}
          axisLine={false}
          tickFormatter={formatPower}
          interval={0}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--control)' }}
          content={({ active, payload }) =>
            active && payload[0] ? (
              <ChartTooltip point={pointOf(payload[0].payload)} batched={batched} />
            ) : null
          }
        />
        {props.tolerance !== null && (
          <ReferenceLine
            y={props.tolerance}
            stroke={palette.tolerance.stroke}
            strokeDasharray={palette.tolerance.dash}
            strokeWidth={1.5}
            label={{
              value: `tol ${formatPower(props.tolerance)}`,
              position: 'right',
              fill: palette.tolerance.stroke,
              fontSize: 12,
            }}
          />
        )}
        {behind.length > 0 && (
          <Line
            data={[...behind]}
            dataKey="worst"
            name="behind"
            type="linear"
            stroke={palette.behind.stroke}
            strokeWidth={1.8}
            strokeDasharray={palette.behind.dash}
            strokeOpacity={0.75}
            tooltipType="none"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        )}
        {batched && (
          <Line
            dataKey="median"
            name="median"
            type="linear"
            stroke={palette.neutral.stroke}
            strokeWidth={1.6}
            strokeDasharray={palette.neutral.dash}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        )}
        <Line
          dataKey="worst"
          name="worst"
          type="linear"
          stroke={palette.current.stroke}
          strokeWidth={2.4}
          dot={({ cx, cy, index, payload }) => (
            <PointMark
              key={index}
              x={cx}
              y={cy}
              event={pointOf(payload).record.event}
              newest={index === newest}
              dotted={points.length <= MOST_DOTS}
            />
          )}
          activeDot={{ r: 4.5, fill: 'var(--series-1)', stroke: 'var(--page)', strokeWidth: 2 }}
          isAnimationActive={false}
        />
        {points
          .filter((point) => point.worst === null)
          .map((point) => (
            <ReferenceDot
              key={point.x}
              x={point.x}
              y={high}
              shape={({ cx, cy }) => <OffScale x={cx} y={cy} />}
            />
          ))}
      </LineChart>
    </ResponsiveContainer>
  );
}

export default memo(ResidualChart);
