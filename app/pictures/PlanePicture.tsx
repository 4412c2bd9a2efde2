import { useMemo } from 'react';
import type { PlaneObservation } from '../../src/families/observation.ts';
import { colourScale } from '../charts/colourScale.ts';
import { useThemeName } from '../theme/useThemeName.ts';
import styles from './PlanePicture.module.css';
import { boundaryOf, planeSentence } from './plane.ts';
import type { PictureProps } from './pictureProps.ts';
import { PixelCanvas } from './PixelCanvas.tsx';

/** Shapes tell the classes apart without colour; what is told wrong is filled. Half a side of the mark is 1. */
const marks = ['M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z', 'M0-1.25L1.25 0L0 1.25L-1.25 0Z'] as const;

/** Two classes over a plane: how probable each is where, the line between them, and points whose class is known. */
export default function PlanePicture({ shown }: PictureProps<PlaneObservation>) {
  const { name, rows, columns, data, x, y, labels, points } = shown;
  const theme = useThemeName();
  // About the middle: one half has the colour of the page, in which the line stands out.
  const scale = useMemo(() => colourScale('diverging', [-0.5, 0.5], theme), [theme]);
  const pixels = useMemo(
    () => ({ rows, columns, data: data.map((share) => share - 0.5) }),
    [rows, columns, data],
  );
  const line = useMemo(
    () => boundaryOf({ rows, columns, data }).map(([a, b, c, d]) => `M${a} ${b}L${c} ${d}`),
    [rows, columns, data],
  );
  const place = (value: number, [from, to]: readonly [number, number], count: number): number =>
    (count * (value - from)) / (to - from);
  const wrong = points.some(({ right }) => !right);
  const words = planeSentence(shown);
  return (
    <figure className={styles['plane']}>
      <div className={styles['picture']}>
        <PixelCanvas
          pixels={pixels}
          scale={scale}
          label={`${name}. ${words}`}
          className={styles['ground']}
        />
        <svg viewBox={`0 0 ${columns} ${rows}`} aria-hidden>
          <path className={styles['line']} d={line.join('')} />
          {points.map((point, index) => (
            <path
              key={index}
              d={marks[point.label === 0 ? 0 : 1]}
              data-class={point.label}
              data-wrong={!point.right}
              transform={`translate(${place(point.x, x, columns)} ${rows - place(point.y, y, rows)}) scale(0.42)`}
            />
          ))}
        </svg>
      </div>
      <figcaption>
        <p>{words}</p>
        <ul className={styles['key']} aria-label="Marks">
          {labels.map((label, index) => (
            <li key={label}>
              <svg viewBox="-2 -2 4 4" aria-hidden>
                <path d={marks[index === 0 ? 0 : 1]} data-class={index} />
              </svg>
              {label}
            </li>
          ))}
          {wrong && (
            <li>
              <svg viewBox="-2 -2 4 4" aria-hidden>
                <path d={marks[0]} data-class={0} data-wrong />
              </svg>
              filled: told wrong
            </li>
          )}
          <li>line: each is as likely</li>
        </ul>
      </figcaption>
    </figure>
  );
}
