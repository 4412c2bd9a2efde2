import type { CurveObservation } from '../../src/families/observation.ts';
import { finiteRange } from '../charts/colourScale.ts';
import { formatTick } from '../format.ts';
import { useWidth } from '../ui/useWidth.ts';
import { roundTicks } from '../views/solve/insight/trajectory.ts';
import { curvePath, curveWords } from './curve.ts';
import styles from './pictures.module.css';
import type { PictureProps } from './pictureProps.ts';

const HEIGHT = 170;

/** One quantity over another, with its newest value marked. */
export default function CurvePicture({ shown }: PictureProps<CurveObservation>) {
  const { name, x, y, xName, unit } = shown;
  const [ref, width] = useWidth(320);
  const box = { left: 56, right: width - 10, top: 8, bottom: HEIGHT - 34 };
  const [ends, heights] = [finiteRange(x), finiteRange(y)];
  const along = (value: number): number =>
    box.left + ((value - ends[0]) / (ends[1] - ends[0] || 1)) * (box.right - box.left);
  const up = (value: number): number =>
    box.bottom - ((value - heights[0]) / (heights[1] - heights[0] || 1)) * (box.bottom - box.top);
  const last = y.length - 1;
  return (
    <figure className={styles['figure']}>
      <figcaption>
        {name}
        {unit !== '' && `, ${unit}`}
      </figcaption>
      <div ref={ref}>
        <svg className={styles['curve']} height={HEIGHT} role="img" aria-label={curveWords(shown)}>
          <path
            d={`M${box.left} ${box.top}V${box.bottom}H${box.right}`}
            fill="none"
            stroke="var(--control)"
          />
          {roundTicks(heights, 4).map((value) => (
            <text key={value} x={box.left - 6} y={up(value) + 4} textAnchor="end">
              {formatTick(value)}
            </text>
          ))}
          {roundTicks(ends, 6).map((value) => (
            <text key={value} x={along(value)} y={box.bottom + 15} textAnchor="middle">
              {formatTick(value)}
            </text>
          ))}
          <text x={box.right} y={HEIGHT - 4} textAnchor="end">
            {xName}
          </text>
          <path
            d={curvePath(shown, along, up)}
            fill="none"
            stroke="var(--series-1)"
            strokeWidth="2"
          />
          {Number.isFinite(y[last]) && (
            <circle cx={along(x[last] ?? 0)} cy={up(y[last] ?? 0)} r="3.5" fill="var(--series-1)" />
          )}
        </svg>
      </div>
    </figure>
  );
}
