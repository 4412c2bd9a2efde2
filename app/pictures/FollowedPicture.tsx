import { clsx } from 'clsx';
import { finiteRange } from '../charts/colourScale.ts';
import { strokes } from '../charts/curves.ts';
import { logScale } from '../charts/logScale.ts';
import { FigureButton } from '../figures/FigureButton.tsx';
import { formatPower, formatTick } from '../format.ts';
import { useWidth } from '../ui/useWidth.ts';
import { roundTicks } from '../views/solve/insight/trajectory.ts';
import { curvePath } from './curve.ts';
import { followedWords, type FollowedFigures } from './followed.ts';
import pictures from './pictures.module.css';
import saved from './ObservationPicture.module.css';

const HEIGHT = 170;

/**
 * Figures through the iterations, beside the residual's: PSNR, IoU, each by its own line. All iterations are drawn,
 * those after `at` faintly; a click goes to the iteration there.
 */
export function FollowedPicture({
  followed,
  at,
  onPick,
}: {
  readonly followed: FollowedFigures;
  /** The iteration that the page shows. */
  readonly at: number;
  /** Absent where the page looks at iterations of another solve. */
  readonly onPick: ((iteration: number) => void) | undefined;
}) {
  const { quantity, unit, log, curves } = followed;
  const [ref, width] = useWidth(320);
  const box = { left: 46, right: width - 10, top: 20, bottom: HEIGHT - 34 };
  const end = Math.max(1, ...curves.map(({ values }) => values.length - 1));
  const along = (k: number): number => box.left + (k / end) * (box.right - box.left);
  const { up, ticks } = vertical(
    curves.flatMap(({ values }) => values),
    box,
    log,
  );
  const format = log ? formatPower : formatTick;
  const path = (values: readonly number[], from: number, to: number): string => {
    const part = values.slice(from, to + 1);
    return curvePath(
      { x: Float32Array.from(part, (_, index) => from + index), y: Float32Array.from(part) },
      along,
      (value) => (log && value <= 0 ? box.bottom : up(value)),
    );
  };
  const title = `${quantity === unit ? curves.map(({ label }) => label).join(', ') : quantity} over iterations`;
  return (
    <div className={saved['saved']} data-figures>
      <div>
        <FigureButton
          title={title}
          data={{
            ...{ kind: 'curves', curves },
            sketch: { ...{ log, fromZero: true, unit: 'iteration', quantity } },
          }}
        />
      </div>
      <figure className={clsx(saved['picture'], pictures['figure'])} data-figure="">
        <div ref={ref}>
          <svg
            className={pictures['curve']}
            height={HEIGHT}
            role="img"
            aria-label={`${title}. ${followedWords(followed, at)}`}
            onClick={({ clientX, currentTarget }) => {
              const place = clientX - currentTarget.getBoundingClientRect().left;
              const share = (place - box.left) / (box.right - box.left);
              onPick?.(Math.round(Math.min(1, Math.max(0, share)) * end));
            }}
          >
            <text x={0} y={10}>
              {quantity}
            </text>
            <path
              d={`M${box.left} ${box.top}V${box.bottom}H${box.right}`}
              fill="none"
              stroke="var(--control)"
            />
            {ticks.map((value) => (
              <text key={value} x={box.left - 6} y={up(value) + 4} textAnchor="end">
                {format(value)}
              </text>
            ))}
            {roundTicks([0, end], 6)
              .filter((k) => Number.isInteger(k))
              .map((k) => (
                <text key={k} x={along(k)} y={box.bottom + 15} textAnchor="middle">
                  {k}
                </text>
              ))}
            <text x={box.right} y={HEIGHT - 4} textAnchor="end">
              iteration
            </text>
            {at < end && (
              <path
                d={`M${along(at)} ${box.top}V${box.bottom}`}
                stroke="var(--control)"
                strokeDasharray="3 3"
              />
            )}
            {curves.map(({ label, values }, index) => {
              const { colour, dash } = strokes[index % strokes.length] ?? {};
              const value = values[Math.min(at, values.length - 1)] ?? NaN;
              const line = { fill: 'none', stroke: colour, strokeWidth: 2, strokeDasharray: dash };
              return (
                <g key={label}>
                  <path d={path(values, 0, at)} {...line} />
                  {at < end && <path d={path(values, at, end)} {...line} opacity="var(--ghost)" />}
                  {Number.isFinite(value) && (!log || value > 0) && (
                    <circle cx={along(at)} cy={up(value)} r="3.5" fill={colour} />
                  )}
                </g>
              );
            })}
          </svg>
        </div>
        {curves.length > 1 && (
          <figcaption className={pictures['followed']}>
            {curves.map(({ label }, index) => (
              <span key={label}>
                <svg width="22" height="8" aria-hidden>
                  <path
                    d="M1 4H21"
                    strokeWidth="2"
                    stroke={strokes[index % strokes.length]?.colour}
                    strokeDasharray={strokes[index % strokes.length]?.dash}
                  />
                </svg>
                {label}
              </span>
            ))}
          </figcaption>
        )}
      </figure>
    </div>
  );
}

/** Where values go up and down, and which are labelled. */
function vertical(
  values: readonly number[],
  { top, bottom }: { readonly top: number; readonly bottom: number },
  log: boolean,
): { readonly up: (value: number) => number; readonly ticks: readonly number[] } {
  if (log) {
    const { at, ticks } = logScale(values, bottom, top);
    return { up: at, ticks };
  }
  const [low, high] = finiteRange(values);
  // What hardly moves is a level line in the middle, not noise as high as the picture.
  const room = Math.max((high - low) * 0.05, 1e-3 * Math.abs(high), 1e-6);
  const ends = [low - room, high + room] as const;
  return {
    up: (value) => bottom - ((value - ends[0]) / (ends[1] - ends[0])) * (bottom - top),
    ticks: roundTicks(ends, 4),
  };
}
