import type { Experiment } from '../../src/schema/experiment.ts';
import { FigureButton } from '../figures/FigureButton.tsx';
import { formatPower } from '../format.ts';
import { useWidth } from '../ui/useWidth.ts';
import styles from './CurveSketch.module.css';
import { curveFrame, curvePath, positionOf, strokes, type Curve } from './curves.ts';

/** What the curves of a sketch run over and how they are drawn. */
export interface SketchKind {
  readonly log: boolean;
  /** Solves begin at iteration 0; steps, terms and layers are counted from 1. */
  readonly fromZero: boolean;
  /** What the horizontal axis counts. */
  readonly unit: string;
  /** What the vertical axis is. */
  readonly quantity: string;
}

/** A few recorded curves as a small picture, with a legend; with `at`, only up to that value. */
export function CurveSketch(props: {
  readonly curves: readonly Curve[];
  readonly kind: SketchKind;
  /** A dotted line across. */
  readonly tolerance?: number | undefined;
  readonly at?: number | undefined;
  readonly height?: number;
  readonly summary: string;
  /** Title of the figure where it can be saved. */
  readonly title?: string;
  /** What it was made with, where that isn't the set-up on screen. */
  readonly from?: Experiment | string | undefined;
}) {
  const { curves, kind, tolerance, at, height = 130, summary, title, from } = props;
  // Drawn at its size on screen, so that words are as large in a wide picture as in a small one.
  const [ref, width] = useWidth(280);
  const box = { left: 38, right: width - 8, top: 18, bottom: height - 18 };
  const also = tolerance === undefined ? [] : [tolerance];
  const frame = curveFrame(curves, box, { ...kind, also });
  const { low, high, end, x, y } = frame;
  return (
    <figure className={styles['figure']} data-figures data-figure="">
      <div ref={ref} className={styles['plot']} style={{ height }}>
        <svg width={width} height={height} role="img" aria-label={summary}>
          <path
            className={styles['axis']}
            d={`M${box.left} ${box.top}V${box.bottom}H${box.right}`}
          />
          {tolerance !== undefined && (
            <path className={styles['tolerance']} d={`M${box.left} ${y(tolerance)}H${box.right}`} />
          )}
          <g className={styles['words']}>
            <text x={box.left - 5} y={box.top + 4} textAnchor="end">
              {formatPower(high)}
            </text>
            <text x={box.left - 5} y={box.bottom} textAnchor="end">
              {formatPower(low)}
            </text>
            <text x={box.left} y={9}>
              {kind.quantity}
            </text>
            <text x={box.right} y={height - 5} textAnchor="end">
              {`${String(end)} ${kind.unit}`}
            </text>
          </g>
          {curves.map((curve, index) => {
            const { colour, dash } = strokes[index % strokes.length] ?? { colour: '', dash: '' };
            const last = Math.min(at ?? Infinity, curve.values.length - 1);
            const value = curve.values[last] ?? NaN;
            return (
              <g key={curve.label} stroke={colour}>
                {at !== undefined && (
                  <path
                    className={styles['future']}
                    d={curvePath(curve, frame, kind.fromZero)}
                    strokeDasharray={dash}
                  />
                )}
                <path
                  className={styles['curve']}
                  d={curvePath(curve, frame, kind.fromZero, last)}
                  strokeDasharray={dash}
                />
                <circle
                  cx={x(positionOf(curve, last, kind.fromZero))}
                  cy={y(value)}
                  r="3"
                  fill={colour}
                />
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption className={styles['legend']}>
        {curves.map(({ label }, index) => (
          <span key={label}>
            <svg width="22" height="8" aria-hidden>
              <path
                className={styles['curve']}
                d="M1 4H21"
                stroke={strokes[index % strokes.length]?.colour}
                strokeDasharray={strokes[index % strokes.length]?.dash}
              />
            </svg>
            {label}
          </span>
        ))}
        {title !== undefined && (
          <FigureButton
            title={title}
            data={{ kind: 'curves', curves, sketch: kind, tolerance }}
            from={from}
          />
        )}
      </figcaption>
    </figure>
  );
}
