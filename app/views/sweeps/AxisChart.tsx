import { findField } from '../../../src/schema/fields.ts';
import { axisTitle, axisValueNamed, axisValueWords } from '../../../src/runs/sweep.ts';
import { OffScale } from '../../charts/PointMark.tsx';
import { capital, formatPower, formatTick } from '../../format.ts';
import { useWidth } from '../../ui/useWidth.ts';
import { valueScale } from '../compare/chartFrame.ts';
import type { DrawnCell } from './cells.ts';
import type { PictureProps } from './SweepGrid.tsx';

const HEIGHT = 250;
const MARGIN = { top: 16, right: 24, bottom: 40, left: 62 } as const;

/** One number over the values of one setting; points of options, which have no order, are not joined. */
export function AxisChart({ sweep, cells, measure, selected, onSelect }: PictureProps) {
  const { kind, values } = measure;
  const [ref, width] = useWidth(640);
  const [axis] = sweep.axes;
  if (!axis) return null;
  const [right, bottom] = [width - MARGIN.right, HEIGHT - MARGIN.bottom];
  const field = findField(axis.paths[0] ?? '');
  const numeric = field?.control === 'number';
  const across = placesOf(axis.values.map(Number), {
    ...{ numeric, log: numeric && field.scale === 'log' },
    ...{ from: MARGIN.left + 18, to: right - 18 },
  });
  const finite = [...values.values()].filter((value) => Number.isFinite(value));
  const log = kind.log && finite.every((value) => value > 0);
  const down = valueScale(finite, log, bottom, MARGIN.top);
  const points = cells.flatMap((cell, at) => {
    const value = values.get(cell.key);
    return value === undefined ? [] : [{ cell, value, x: across[at] ?? 0 }];
  });
  const drawn = points.filter(({ value }) => Number.isFinite(value));
  const line = drawn.filter(({ cell }) => cell.state === 'made');
  const words = points.map(({ cell, value }) => {
    const end = cell.words === '' ? '' : ` (${cell.words})`;
    return `${axisValueNamed(axis, cell.cell.values[0] ?? '')}: ${kind.format(value)}${end}`;
  });
  const label = capital(kind.label);
  return (
    <div ref={ref} data-figure="">
      <svg
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={`${label} over ${axisTitle(axis)}. ${words.join(', ')}.`}
        fontSize="12"
      >
        {down.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${MARGIN.left} ${down.at(tick)}H${right}`} stroke="var(--line)" />
            <text x={MARGIN.left - 6} y={down.at(tick) + 4} textAnchor="end" fill="var(--muted)">
              {kind.timed === true ? kind.format(tick) : log ? formatPower(tick) : formatTick(tick)}
            </text>
          </g>
        ))}
        <path d={`M${MARGIN.left} ${bottom}H${right}`} stroke="var(--control)" />
        {axis.values.map((value, at) => (
          <text
            key={String(value)}
            x={across[at]}
            y={bottom + 16}
            textAnchor="middle"
            fill="var(--muted)"
          >
            {axisValueWords(axis, value)}
          </text>
        ))}
        <text x={(MARGIN.left + right) / 2} y={HEIGHT - 6} textAnchor="middle" fill="var(--muted)">
          {capital(axisTitle(axis))}
        </text>
        {numeric && line.length > 1 && (
          <path
            d={`M${line.map(({ x, value }) => `${x.toFixed(1)} ${down.at(value).toFixed(1)}`).join('L')}`}
            fill="none"
            stroke="var(--series-1)"
            strokeWidth="2.2"
          />
        )}
        {points.map(({ cell, value, x }, at) => (
          <g
            key={cell.key}
            transform={
              Number.isFinite(value) ? `translate(${x} ${down.at(value)})` : `translate(${x} 0)`
            }
            onClick={() => {
              onSelect(cell.key);
            }}
          >
            <title>{words[at]}</title>
            {Number.isFinite(value) ? (
              <Point cell={cell} best={measure.best === cell} chosen={cell.key === selected} />
            ) : (
              <OffScale y={MARGIN.top} />
            )}
            {Number.isFinite(value) && (
              <text y="-10" textAnchor="middle" fill="var(--text)">
                {kind.format(value)}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** A ring; a cross where it did not end well; filled where it is the best. */
function Point(props: {
  readonly cell: DrawnCell;
  readonly best: boolean;
  readonly chosen: boolean;
}) {
  const { cell, best, chosen } = props;
  return (
    <>
      <circle r="12" fill="transparent" />
      {chosen && <circle r="8.5" fill="none" stroke="var(--text)" strokeDasharray="2 2" />}
      {cell.state === 'ended' ? (
        <path d="M-5-5L5 5M5-5L-5 5" stroke="var(--bad)" strokeWidth="2.4" />
      ) : (
        <circle
          r="5"
          fill={best ? 'var(--series-1)' : 'var(--page)'}
          stroke="var(--series-1)"
          strokeWidth="2.2"
        />
      )}
    </>
  );
}

/** Where values go: by their size if they are numbers that leave room for their words, else at equal distances. */
function placesOf(
  values: readonly number[],
  of: {
    readonly numeric: boolean;
    readonly log: boolean;
    readonly from: number;
    readonly to: number;
  },
): readonly number[] {
  const { numeric, log, from, to } = of;
  const even = values.map((_, at) => from + (at / Math.max(1, values.length - 1)) * (to - from));
  const scaled = values.map((value) => (log ? Math.log10(value) : value));
  const [first, last] = [scaled[0] ?? 0, scaled.at(-1) ?? 1];
  if (!numeric || !(last > first)) return even;
  const places = scaled.map((value) => from + ((value - first) / (last - first)) * (to - from));
  const close = places.some((place, at) => at > 0 && place - (places[at - 1] ?? 0) < 30);
  return close ? even : places;
}
