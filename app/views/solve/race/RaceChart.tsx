import { LineChart, ReferenceLine, ResponsiveContainer } from 'recharts';
import { ChartAxes, TraceLines } from '../../../charts/chartParts.tsx';
import { EndLabels } from '../../../charts/EndLabels.tsx';
import { chartFrame, margins, type TraceLine } from '../../../charts/frame.ts';
import type { Axis, Measure, Scale } from '../../../charts/series.ts';
import { plural } from '../../../format.ts';
import { palette } from '../../../theme/palette.ts';

/** All solvers of a race in one picture. */
export function RaceChart(props: {
  readonly lines: readonly TraceLine[];
  readonly measure: Measure;
  readonly axis: Axis;
  readonly scale: Scale;
  readonly tolerance: number;
}) {
  const { measure, axis, scale, tolerance } = props;
  const run = props.lines.filter(({ records }) => records.length > 0);
  const { lines, x, y } = chartFrame({ records: [], measure, axis, scale, tolerance, lines: run });
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={50}>
      <LineChart
        data={[...(lines[0]?.points ?? [])]}
        aria-label={`Residuals of ${plural(lines.length, 'solver')} on one problem; the table has their values`}
        margin={{ top: margins.top, right: 16, bottom: 0, left: 0 }}
      >
        <ChartAxes x={{ ...x, ticks: fewer(x.ticks) }} y={y} />
        <ReferenceLine
          y={tolerance}
          stroke={palette.tolerance.stroke}
          strokeDasharray={palette.tolerance.dash}
          strokeWidth={1.5}
        />
        <TraceLines lines={lines} log={scale === 'log'} />
        <EndLabels labels={lines} />
      </LineChart>
    </ResponsiveContainer>
  );
}

/** Every second, third … of many ticks, as the chart is narrow beside the table. */
const fewer = (ticks: readonly number[]): number[] =>
  ticks.filter((_, i) => i % Math.ceil(ticks.length / 6) === 0);
