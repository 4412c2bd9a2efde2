import type { MemoryParts } from '../../src/engine/protocol/protocol.ts';
import { formatPeak } from '../format.ts';
import { MemoryHatches, memoryKinds } from './memoryKinds.tsx';

/** One bar: what was measured or, before that, predicted. */
export interface MemoryBar {
  readonly name: string;
  readonly parts: MemoryParts;
  readonly peak: number;
  readonly measured: boolean;
  /** The analytic peak, as a tick. */
  readonly analytic: number;
}

const ROW = 38;
const BAR = 15;
const TOP = 18;
/** Room right of the longest bar for its value, and for the word "predicted". */
const VALUE = { measured: 76, predicted: 136 } as const;

/**
 * Peak memory by kind on a common linear scale from zero. `width` is in drawing units; the
 * picture is `scale` times as large on screen.
 */
export function MemoryBars(props: {
  readonly id: string;
  readonly bars: readonly MemoryBar[];
  readonly width: number;
  readonly scale?: number;
  readonly summary: string;
}) {
  const { id, bars, width, scale = 1, summary } = props;
  const longest = Math.max(...bars.flatMap(({ peak, analytic }) => [peak, analytic]), 1);
  const room = VALUE[bars.every(({ measured }) => measured) ? 'measured' : 'predicted'];
  const unit = (width - room) / longest;
  const height = bars.length * ROW + 2;
  return (
    <svg
      width={width * scale}
      height={height * scale}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={summary}
    >
      <MemoryHatches id={id} />
      {bars.map((bar, row) => (
        <g key={bar.name} transform={`translate(0 ${row * ROW})`}>
          <text y={12} fontSize="12" fill="var(--text)">
            {bar.name}
          </text>
          <g transform={`translate(0 ${TOP})`}>
            <Segments id={id} bar={bar} unit={unit} />
            <Tick x={bar.analytic * unit} />
            <text
              x={Math.max(bar.peak, bar.analytic) * unit + 7}
              y={BAR - 3.5}
              fontSize="12"
              fontWeight="600"
              fill="var(--text)"
            >
              {formatPeak(bar.peak)}
              {!bar.measured && (
                <tspan fontWeight="400" fill="var(--muted)">
                  {' '}
                  predicted
                </tspan>
              )}
            </text>
          </g>
        </g>
      ))}
    </svg>
  );
}

/** Where each kind begins and how wide it is, in drawing units. */
function segmentsOf(parts: MemoryParts, unit: number) {
  let x = 0;
  return memoryKinds.map((kind) => {
    const segment = { ...kind, x, width: parts[kind.part] * unit };
    x += segment.width;
    return segment;
  });
}

function Segments(props: { readonly id: string; readonly bar: MemoryBar; readonly unit: number }) {
  const { id, bar, unit } = props;
  return (
    <>
      {segmentsOf(bar.parts, unit)
        .filter(({ width }) => width > 0)
        .map(({ part, name, colour, x: left, width }) => (
          <rect
            key={part}
            x={left}
            width={width}
            height={BAR}
            fill={`url(#${id}-${part}${bar.measured ? '' : '-light'})`}
            stroke={bar.measured ? 'var(--page)' : colour}
            strokeWidth={bar.measured ? 0.75 : 1}
          >
            <title>{`${name}: ${formatPeak(bar.parts[part])}`}</title>
          </rect>
        ))}
    </>
  );
}

function Tick({ x }: { readonly x: number }) {
  return (
    <>
      <path d={`M${x} -3.5V${BAR + 3.5}`} stroke="var(--page)" strokeWidth="5" />
      <path d={`M${x} -3V${BAR + 3}`} stroke="var(--text)" strokeWidth="2" />
    </>
  );
}
