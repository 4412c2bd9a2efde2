import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { InspectReport } from '../../../../src/engine/protocol/protocol.ts';
import { viridisColour } from '../../../charts/viridis.ts';
import { formatResidual, formatTick } from '../../../format.ts';
import { FieldArrows } from './FieldArrows.tsx';
import styles from './trajectory.module.css';
import {
  axisNames,
  nearestPoint,
  planeScale,
  roundTicks,
  settlingFrom,
  type Place,
  type Zoom,
} from './trajectory.ts';
import { useBox } from './useBox.ts';

const MARGINS = { left: 52, right: 8, top: 6, bottom: 34 } as const;
/** Half of the smallest thing that is easily hit. */
const REACH = 16;
const moves: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};

/** The way of the state: points joined in the order they were made. A slider along them, for keys. */
export function TrajectoryPlot(props: {
  readonly report: InspectReport;
  /** Iteration of the first point. */
  readonly start: number;
  /** Point that is shown now. */
  readonly cursor: number;
  readonly converged: boolean;
  readonly zoom: Zoom;
  readonly onChoose: (point: number) => void;
}) {
  const { report, start, cursor, converged, zoom, onChoose } = props;
  const { trajectory, field } = report;
  const { points } = trajectory;
  const frame = useRef<HTMLDivElement>(null);
  const box = useBox(frame);
  const [under, setUnder] = useState<number | null>(null);
  const [width, height] = [
    Math.max(40, (box?.width ?? 400) - MARGINS.left - MARGINS.right),
    Math.max(40, (box?.height ?? 240) - MARGINS.top - MARGINS.bottom),
  ];
  const scale = useMemo(
    () => planeScale(zoom === 'end' ? points.slice(settlingFrom(points)) : points, width, height),
    [points, zoom, width, height],
  );
  const places = useMemo(() => points.map(scale.at), [points, scale]);
  const last = points.length - 1;
  const [xName, yName] = axisNames(trajectory);
  const words = (k: number): string => {
    const [x = 0, y = 0] = points[k] ?? [];
    return `k = ${String(k + start)}: (${formatResidual(x)}, ${formatResidual(y)})`;
  };
  const placeOf = ({ clientX, clientY, currentTarget }: MouseEvent<SVGSVGElement>): Place => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return [clientX - left - MARGINS.left, clientY - top - MARGINS.top];
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChoose(Math.min(last, Math.max(0, cursor + move)));
  };
  const shown = under ?? cursor;
  return (
    <div
      ref={frame}
      className={styles['frame']}
      data-figure=""
      role="slider"
      tabIndex={0}
      aria-label="Iteration on the trajectory"
      aria-valuemin={start}
      aria-valuemax={last + start}
      aria-valuenow={cursor + start}
      aria-valuetext={words(cursor)}
      onKeyDown={onKeyDown}
    >
      {box && (
        <svg
          width={box.width}
          height={box.height}
          aria-hidden
          onPointerMove={(event) => {
            setUnder(nearestPoint(places, placeOf(event), REACH));
          }}
          onPointerLeave={() => {
            setUnder(null);
          }}
          onClick={(event) => {
            const point = nearestPoint(places, placeOf(event), REACH);
            if (point !== null) onChoose(point);
          }}
          style={{ cursor: under === null ? 'default' : 'pointer' }}
        >
          <defs>
            <clipPath id="trajectory-plot">
              <rect width={width} height={height} />
            </clipPath>
          </defs>
          <g transform={`translate(${String(MARGINS.left)} ${String(MARGINS.top)})`}>
            <Axes scale={scale} width={width} height={height} names={[xName, yName]} />
            <g clipPath="url(#trajectory-plot)">
              {field && <FieldArrows field={field} scale={scale} />}
              <Way places={places} cursor={cursor} />
              <Marks places={places} cursor={cursor} start={start} converged={converged} />
              {under !== null && <Ring place={places[under]} className={styles['under']} />}
            </g>
            <text x={width - 6} y={14} textAnchor="end" className={styles['value']}>
              {words(shown)}
            </text>
          </g>
        </svg>
      )}
    </div>
  );
}

function Axes(props: {
  readonly scale: ReturnType<typeof planeScale>;
  readonly width: number;
  readonly height: number;
  readonly names: readonly [string, string];
}) {
  const { scale, width, height, names } = props;
  return (
    <g className={styles['axes']}>
      <rect width={width} height={height} />
      {roundTicks(scale.x, Math.max(2, width / 110)).map((value) => {
        const [x] = scale.at([value, 0]);
        return (
          <g key={value} transform={`translate(${String(x)} ${String(height)})`}>
            <path d="M0 0V4" />
            <text y={15} textAnchor="middle">
              {formatTick(value)}
            </text>
          </g>
        );
      })}
      {roundTicks(scale.y, Math.max(2, height / 60)).map((value) => {
        const [, y] = scale.at([0, value]);
        return (
          <g key={value} transform={`translate(0 ${String(y)})`}>
            <path d="M0 0H-4" />
            <text x={-7} y={4} textAnchor="end">
              {formatTick(value)}
            </text>
          </g>
        );
      })}
      <text x={width / 2} y={height + 30} textAnchor="middle">
        {names[0]}
      </text>
      <text transform={`translate(-42 ${String(height / 2)}) rotate(-90)`} textAnchor="middle">
        {names[1]}
      </text>
    </g>
  );
}

/** The line in both tenses, with an arrow on each step that is long enough to carry one. */
function Way({ places, cursor }: { readonly places: readonly Place[]; readonly cursor: number }) {
  const line = (part: readonly Place[]): string =>
    part.length < 2
      ? ''
      : `M${part.map((place) => place.map((v) => v.toFixed(2)).join(' ')).join('L')}`;
  return (
    <>
      <path d={line(places.slice(cursor))} className={styles['future']} />
      <path d={line(places.slice(0, cursor + 1))} className={styles['past']} />
      {places.slice(1).map((to, index) => {
        const from = places[index] ?? to;
        const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
        if (length < 22) return null;
        const angle = (180 / Math.PI) * Math.atan2(to[1] - from[1], to[0] - from[0]);
        const middle = `${String((from[0] + to[0]) / 2)} ${String((from[1] + to[1]) / 2)}`;
        return (
          <path
            key={index}
            d="M-4-4L4 0L-4 4"
            transform={`translate(${middle}) rotate(${angle.toFixed(1)})`}
            className={index < cursor ? styles['past'] : styles['futureArrow']}
          />
        );
      })}
    </>
  );
}

function Marks(props: {
  readonly places: readonly Place[];
  readonly cursor: number;
  readonly start: number;
  readonly converged: boolean;
}) {
  const { places, cursor, start, converged } = props;
  const last = places.length - 1;
  const [first, end] = [places[0], places[last]];
  if (!first || !end) return null;
  return (
    <>
      {places.map(([x, y], k) => (
        <circle
          key={k}
          cx={x}
          cy={y}
          r={k <= cursor ? 4 : 2.5}
          fill={viridisColour(last === 0 ? 0 : k / last)}
          className={styles['point']}
        />
      ))}
      <rect x={first[0] - 6} y={first[1] - 6} width={12} height={12} className={styles['start']} />
      <text x={first[0] + 10} y={first[1] - 9} className={styles['name']}>
        {start === 0 ? 'z₀' : `k = ${String(start)}`}
      </text>
      {converged && last > 0 && (
        <>
          <path
            d="M0-9L2.4-2.8L9-2.8L3.8 1.4L5.6 8L0 4.2L-5.6 8L-3.8 1.4L-9-2.8L-2.4-2.8Z"
            transform={`translate(${String(end[0])} ${String(end[1])})`}
            className={styles['star']}
          />
          <text x={end[0] + 12} y={end[1] + 19} className={styles['name']}>
            z*
          </text>
        </>
      )}
      <Ring place={places[cursor]} className={styles['ring']} />
    </>
  );
}

function Ring(props: {
  readonly place: Place | undefined;
  readonly className: string | undefined;
}) {
  const { place, className } = props;
  return place ? <circle cx={place[0]} cy={place[1]} r={9} className={className} /> : null;
}
