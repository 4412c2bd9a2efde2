import { memo } from 'react';
import {
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  type MouseHandlerDataParam,
} from 'recharts';
import { formatPower } from '../format.ts';
import { palette } from '../theme/palette.ts';
import { ChartAxes, drawCurve, TraceLines } from './chartParts.tsx';
import { ChartTooltip } from './ChartTooltip.tsx';
import { EndLabels } from './EndLabels.tsx';
import { chartFrame, margins, type ResidualChartProps } from './frame.ts';
import { picardLine, picardResidual } from './picardLine.ts';
import { OffScale, PointMark } from './PointMark.tsx';
import { RateLine } from './RateLine.tsx';
import type { ChartPoint } from './series.ts';

/** With more points than this the dots would be the line. */
const MOST_DOTS = 12;

const ghost = { opacity: 'var(--ghost)' };

/** What a tooltip or a dot is about: Recharts hands back the data given to the chart. */
const pointOf = (given: unknown): ChartPoint => given as ChartPoint;

/** Whether most of a curve lies above the line that plain iteration is predicted to follow from its start. */
function liesAbove(points: readonly ChartPoint[], rate: number): boolean {
  const [start] = points;
  if (!start) return false;
  const above = points.filter(
    ({ x, exact }) => exact > picardResidual(start.exact, rate, x - start.x),
  );
  return above.length > points.length / 2;
}

/** Residual over iterations, evaluations or time, on a log or a linear axis. Nothing moves but what was computed. */
function ResidualChart(props: ResidualChartProps) {
  const { cursor = null, from = 0, name, onPick, rate = null } = props;
  const { points, behind, lines, x, y, batched } = chartFrame(props);
  const own = points.filter(({ record }) => record.iteration >= from);
  const at = cursor ?? Infinity;
  const newest = own.filter(({ record }) => record.iteration <= at).length - 1;
  const looked = cursor === null ? undefined : points.find(({ record }) => record.iteration === at);
  const [low, high] = y.range;
  const log = y.scale === 'log';
  const [start] = own;
  const expected =
    rate !== null && start ? picardLine({ x: start.x, y: start.exact }, rate, x.end, low) : null;
  /** The part of a line up to the cursor, or from there on. */
  const part =
    (key: 'worst' | 'median', future: boolean) =>
    (given: unknown): number | null => {
      const point = pointOf(given);
      const { iteration } = point.record;
      return (future ? iteration >= at : iteration <= at) ? point[key] : null;
    };
  const pick = ({ activeLabel }: MouseHandlerDataParam): void => {
    const place = Number(activeLabel);
    const nearest = points.toSorted((a, b) => Math.abs(a.x - place) - Math.abs(b.x - place))[0];
    if (activeLabel !== undefined && nearest) onPick?.(nearest.record.iteration);
  };
  const curve = (future: boolean) => (
    <Line
      key={future ? 'future' : 'past'}
      dataKey={part('worst', future)}
      name={future ? 'recorded' : 'worst'}
      type="linear"
      stroke={palette.current.stroke}
      strokeWidth={2.4}
      style={future ? ghost : undefined}
      dot={({ cx, cy, index, payload }) => (
        <PointMark
          key={index}
          x={cx}
          y={cy}
          event={future && index === newest ? undefined : pointOf(payload).record.event}
          newest={!future && index === newest}
          dotted={points.length <= MOST_DOTS}
          floor={log && pointOf(payload).exact === 0}
        />
      )}
      activeDot={
        future ? false : { r: 4.5, fill: 'var(--series-1)', stroke: 'var(--page)', strokeWidth: 2 }
      }
      shape={drawCurve}
      isAnimationActive={false}
    />
  );
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={50}>
      <LineChart
        data={own}
        aria-label={props.label}
        margin={{ top: margins.top, right: margins.right, bottom: 0, left: 0 }}
        onClick={pick}
        style={{ cursor: onPick ? 'pointer' : 'default' }}
      >
        <ChartAxes x={x} y={y} />
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
            shape={drawCurve}
            isAnimationActive={false}
          />
        )}
        {rate !== null && expected && (
          <RateLine segment={expected} rate={rate} under={liesAbove(own, rate)} />
        )}
        <TraceLines lines={lines} log={log} />
        {batched &&
          (cursor === null ? [false] : [true, false]).map((future) => (
            <Line
              key={String(future)}
              dataKey={part('median', future)}
              name={future ? 'recorded median' : 'median'}
              type="linear"
              stroke={palette.neutral.stroke}
              strokeWidth={1.6}
              strokeDasharray={palette.neutral.dash}
              style={future ? ghost : undefined}
              dot={false}
              activeDot={false}
              shape={drawCurve}
              isAnimationActive={false}
            />
          ))}
        {looked && <ReferenceLine x={looked.x} stroke="var(--control)" strokeDasharray="3 3" />}
        {looked && curve(true)}
        {curve(false)}
        {/* Looking back into what a branch went on from: its own curve has no point there. */}
        {looked && looked.record.iteration < from && looked.worst !== null && (
          <ReferenceDot
            x={looked.x}
            y={looked.worst}
            shape={({ cx, cy }) => (
              <PointMark x={cx} y={cy} event={undefined} newest dotted={false} />
            )}
          />
        )}
        {own
          .filter((point) => point.worst === null)
          .map((point) => (
            <ReferenceDot
              key={point.x}
              x={point.x}
              y={high}
              shape={({ cx, cy }) => <OffScale x={cx} y={cy} />}
            />
          ))}
        {lines.length > 0 && (
          <EndLabels
            labels={[
              ...lines,
              ...(name === undefined
                ? []
                : [{ name, stroke: palette.current.stroke, faint: false, points: own }]),
            ]}
          />
        )}
      </LineChart>
    </ResponsiveContainer>
  );
}

export default memo(ResidualChart);
