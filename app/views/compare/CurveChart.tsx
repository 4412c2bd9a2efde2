import { memo } from 'react';
import {
  Line,
  LineChart,
  ResponsiveContainer,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
} from 'recharts';
import type { RunHead } from '../../../src/runs/run.ts';
import { ChartAxes, drawCurve } from '../../charts/chartParts.tsx';
import { EndLabels } from '../../charts/EndLabels.tsx';
import { margins } from '../../charts/frame.ts';
import { markerPaths } from '../../charts/markers.ts';
import { FloorMark, OffScale } from '../../charts/PointMark.tsx';
import type { Points } from '../../charts/stream/points.ts';
import type { Band } from './band.ts';
import type { CompareFrame } from './chartFrame.ts';
import { hover } from './compareState.ts';
import { greyLook, type RunLook } from './looks.ts';
import type { RunLine } from './points.ts';
import type { GreyLine } from './useTraces.ts';

/** A visible run's curve, or one of those that a band is made of. */
export interface DrawnLine {
  readonly head: RunHead;
  readonly look: RunLook;
  readonly line: RunLine;
  /** Whether a band says the same better: then it is drawn thin, without a name. */
  readonly inBand: boolean;
}

/** The band of one set-up's seeds, in the look of its first visible run. */
export interface DrawnBand {
  readonly head: RunHead;
  readonly look: RunLook;
  readonly band: Band;
}

/** Curves of runs on common axes: those in the background first, the visible ones with their marks and names. */
function CurveChart(props: {
  readonly frame: CompareFrame;
  readonly lines: readonly DrawnLine[];
  readonly bands: readonly DrawnBand[];
  readonly greys: readonly GreyLine[];
  readonly hovered: string | null;
  /** Place of the pointer on the horizontal axis. */
  readonly cursor: number | null;
  readonly label: string;
}) {
  const { frame, lines, bands, greys, hovered, cursor } = props;
  const [low, high] = frame.y.range;
  const log = frame.y.scale === 'log';
  const lift = (value: number | null): number | null =>
    value === null ? null : log ? Math.max(value, low) : value;
  const dataOf = ({ x, y }: Points) =>
    x.map((at, index) => ({ x: at, worst: lift(y[index] ?? null) }));
  const named = lines.filter(({ inBand }) => !inBand);
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={50}>
      <LineChart
        data={[]}
        aria-label={props.label}
        accessibilityLayer={false}
        role="img"
        margin={{ top: margins.top, right: margins.right, bottom: 0, left: 0 }}
      >
        <ChartAxes x={frame.x} y={frame.y} />
        <Greys greys={greys} low={log ? low : null} hovered={hovered} />
        {bands.map(({ head, look, band }) => (
          <BandShape key={head.id} look={look} band={band} low={log ? low : null} />
        ))}
        {lines.map(({ head, look, line, inBand }) => (
          <Line
            key={head.id}
            data={dataOf(line.points)}
            dataKey="worst"
            name={head.name}
            type="linear"
            stroke={look.stroke}
            strokeWidth={inBand ? 0.9 : hovered === head.id ? 3.4 : 2.2}
            strokeDasharray={look.dash}
            strokeOpacity={inBand || (hovered !== null && hovered !== head.id) ? 0.45 : 1}
            tooltipType="none"
            dot={false}
            activeDot={false}
            shape={drawCurve}
            isAnimationActive={false}
          />
        ))}
        {cursor !== null && <CursorLine x={cursor} />}
        <Marks lines={lines} low={low} high={high} log={log} cursor={cursor} />
        <EndLabels
          labels={[
            ...named.map(({ head, look, line }) => ({
              ...{ name: head.name, stroke: look.stroke, faint: false },
              points: dataOf(line.points),
            })),
            ...bands.map(({ head, look, band }) => ({
              ...{ name: `${head.name} × ${String(band.runs)} seeds`, stroke: look.stroke },
              faint: false,
              points: band.x.map((x, index) => ({ x, worst: lift(band.middle[index] ?? null) })),
            })),
          ]}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}

export default memo(CurveChart);

/** A path through points in pixels, lifted onto the floor of a log axis. */
function usePath():
  ((x: readonly number[], y: readonly (number | null)[], low: number | null) => string) | null {
  const across = useXAxisScale();
  const down = useYAxisScale();
  if (!across || !down) return null;
  return (x, y, low) =>
    x
      .map((at, index) => {
        const value = y[index] ?? NaN;
        const place = low === null ? value : Math.max(value, low);
        return `${(across(at) ?? 0).toFixed(1)} ${(down(place) ?? 0).toFixed(1)}`;
      })
      .join('L');
}

/** Runs in the background, all alike but the one that is looked at. */
function Greys(props: {
  readonly greys: readonly GreyLine[];
  readonly low: number | null;
  readonly hovered: string | null;
}) {
  const path = usePath();
  if (!path) return null;
  const ordered = props.greys.toSorted(
    (a, b) => Number(a.head.id === props.hovered) - Number(b.head.id === props.hovered),
  );
  return (
    <g fill="none" stroke={greyLook.stroke} strokeWidth="1">
      {ordered.map(({ head, line }) => {
        const d = `M${path(line.points.x, line.points.y, props.low)}`;
        const looked = head.id === props.hovered;
        return (
          <g
            key={head.id}
            onPointerEnter={() => {
              hover(head.id);
            }}
            onPointerLeave={() => {
              hover(null);
            }}
          >
            <path
              d={d}
              {...(looked ? { stroke: 'var(--text)', strokeWidth: 2 } : { strokeOpacity: 0.45 })}
            />
            {/* A line of one pixel is hard to hit. */}
            <path d={d} stroke="transparent" strokeWidth="9" pointerEvents="stroke">
              <title>{head.name}</title>
            </path>
          </g>
        );
      })}
    </g>
  );
}

/** From the least to the most of the seeds, with the median. */
function BandShape({
  look,
  band,
  low,
}: {
  readonly look: RunLook;
  readonly band: Band;
  readonly low: number | null;
}) {
  const path = usePath();
  if (!path) return null;
  const back = path(band.x.toReversed(), band.most.toReversed(), low);
  return (
    <g pointerEvents="none">
      <path
        d={`M${path(band.x, band.least, low)}L${back}Z`}
        fill={look.stroke}
        fillOpacity="0.16"
      />
      <path
        d={`M${path(band.x, band.middle, low)}`}
        fill="none"
        stroke={look.stroke}
        strokeWidth="2.4"
        strokeDasharray={look.dash}
      />
    </g>
  );
}

function CursorLine({ x }: { readonly x: number }) {
  const across = useXAxisScale();
  const area = usePlotArea();
  const at = across?.(x);
  if (!area || at === undefined) return null;
  return (
    <path
      d={`M${at} ${area.y}V${area.y + area.height}`}
      stroke="var(--control)"
      strokeDasharray="3 3"
      pointerEvents="none"
    />
  );
}

/** The shape of each run at its end; ▽ where a value is zero on a log axis, ▲ where it is no number. */
function Marks(props: {
  readonly lines: readonly DrawnLine[];
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  readonly cursor: number | null;
}) {
  const across = useXAxisScale();
  const down = useYAxisScale();
  if (!across || !down) return null;
  return props.lines.map(({ head, look, line, inBand }) => {
    const last = line.points.x.length - 1;
    const value = line.points.y[last];
    const [x, y] = [
      across(line.points.x[last]),
      down(props.log ? Math.max(value ?? 0, props.low) : value),
    ];
    return (
      <g key={head.id} pointerEvents="none">
        {!inBand && x !== undefined && y !== undefined && value !== 0 && (
          <path
            d={markerPaths[look.marker]}
            transform={`translate(${x} ${y})`}
            fill="var(--page)"
            stroke={look.stroke}
            strokeWidth="2"
          />
        )}
        {props.log &&
          line.zeros.map((zero) => (
            <FloorMark key={zero} x={across(zero)} y={down(props.low)} stroke={look.stroke} zero />
          ))}
        {line.offScale.map((place) => (
          <OffScale key={place} x={across(place)} y={down(props.high)} />
        ))}
      </g>
    );
  });
}
