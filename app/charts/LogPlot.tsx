import { logScale } from './logScale.ts';
import { markerPaths, type Marker } from './markers.ts';

/** Points of one kind: marks, or with a dash a line, or both; colour is never alone. */
export interface LogSeries {
  /** Empty: no label. */
  readonly name: string;
  readonly stroke: string;
  /** Undefined: no line. */
  readonly dash?: string;
  /** Undefined: no marks. */
  readonly marker?: Marker;
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly title: string;
    readonly hollow?: boolean;
  }[];
}

const MARGIN = { top: 22, bottom: 32, left: 46 } as const;

/** Small scatter or line chart on two log axes, labelled at the right end of each series. */
export function LogPlot(props: {
  readonly series: readonly LogSeries[];
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
  readonly summary: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Ticks of the horizontal axis, where the data say better than decades. */
  readonly xTicks?: readonly number[];
  /** Room for the labels right of the last points. */
  readonly right: number;
}) {
  const { series, width, height, scale = 1, right } = props;
  const points = series.flatMap((one) => one.points);
  const edge = { right: width - right, bottom: height - MARGIN.bottom };
  const x = logScale(
    points.map((point) => point.x),
    MARGIN.left,
    edge.right,
  );
  const y = logScale(
    points.map((point) => point.y),
    edge.bottom,
    MARGIN.top,
  );
  return (
    <svg
      width={width * scale}
      height={height * scale}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={props.summary}
      fontSize="11.5"
    >
      <g stroke="var(--line)">
        {y.ticks.map((tick) => (
          <path key={tick} d={`M${MARGIN.left} ${y.at(tick)}H${edge.right}`} />
        ))}
        <path d={`M${MARGIN.left} ${edge.bottom}H${edge.right}`} stroke="var(--control)" />
      </g>
      <g fill="var(--muted)">
        {y.ticks.map((tick) => (
          <text key={tick} x={MARGIN.left - 5} y={y.at(tick) + 4} textAnchor="end">
            {props.formatY(tick)}
          </text>
        ))}
        {(props.xTicks ?? x.ticks).map((tick) => (
          <text key={tick} x={x.at(tick)} y={edge.bottom + 14} textAnchor="middle">
            {props.formatX(tick)}
          </text>
        ))}
        <text x={(MARGIN.left + edge.right) / 2} y={height - 4} textAnchor="middle">
          {props.xLabel}
        </text>
        <text x={0} y={MARGIN.top - 11}>
          {props.yLabel}
        </text>
      </g>
      {series.map((one, i) => (
        <Series key={`${one.name} ${String(i)}`} series={one} x={x.at} y={y.at} />
      ))}
      <EndLabels series={series} x={x.at} y={y.at} bottom={edge.bottom} />
    </svg>
  );
}

interface SeriesProps {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function Series({ series, x, y }: SeriesProps & { readonly series: LogSeries }) {
  const { points, stroke, dash, marker } = series;
  return (
    <g stroke={stroke} strokeWidth="2.2">
      {dash !== undefined && points.length > 1 && (
        <path
          d={points.map((point, i) => `${i ? 'L' : 'M'}${x(point.x)} ${y(point.y)}`).join('')}
          fill="none"
          strokeDasharray={dash}
        />
      )}
      {points.map((point) => (
        <path
          key={`${point.x} ${point.y}`}
          // Without a mark there is still something to point at.
          d={marker ? markerPaths[marker] : 'M-4-4H4V4H-4Z'}
          fill={marker ? (point.hollow ? 'var(--page)' : stroke) : 'transparent'}
          stroke={marker ? undefined : 'none'}
          transform={`translate(${x(point.x)} ${y(point.y)})`}
          strokeWidth="1.6"
        >
          <title>{point.title}</title>
        </path>
      ))}
    </g>
  );
}

const LINE_HEIGHT = 13;

/** Names beside the last points, pushed apart where they would cover each other. */
function EndLabels(
  props: SeriesProps & { readonly series: readonly LogSeries[]; readonly bottom: number },
) {
  const ends = props.series.flatMap(({ name, stroke, points }) => {
    const last = points.at(-1);
    return last && name !== ''
      ? [{ name, stroke, x: props.x(last.x) + 9, y: props.y(last.y) + 4 }]
      : [];
  });
  const placed: typeof ends = [];
  for (const end of ends.sort((a, b) => a.y - b.y)) {
    const above = placed.filter((one) => Math.abs(one.x - end.x) < 80).at(-1);
    placed.push(
      above && end.y - above.y < LINE_HEIGHT ? { ...end, y: above.y + LINE_HEIGHT } : end,
    );
  }
  return placed.map(({ name, x, y }) => (
    <text key={name} x={x} y={y} fill="var(--text)" stroke="var(--page)" paintOrder="stroke">
      {name}
    </text>
  ));
}
