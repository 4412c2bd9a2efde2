import { Check } from 'lucide-react';
import { useMemo } from 'react';
import type { ClassesObservation } from '../../src/families/observation.ts';
import { colourScale } from '../charts/colourScale.ts';
import { useAppStore } from '../store/context.ts';
import { useThemeName } from '../theme/useThemeName.ts';
import { formatShare } from '../views/train/trainFormat.ts';
import { batchSentence, classesMap, classesSentence, topClass } from './classes.ts';
import styles from './ClassesPicture.module.css';
import type { PictureProps } from './pictureProps.ts';
import { PixelCanvas } from './PixelCanvas.tsx';

/** Height of a class in pixels, in the bars and in the map beside them. */
const ROW = 19;

/** A distribution over classes as bars, and beside them how it came about: one cell an iteration. */
export default function ClassesPicture(props: PictureProps<ClassesObservation>) {
  const { shown, history, iteration } = props;
  const sample = Math.min(props.sample, shown.probability.length - 1);
  const probability = shown.probability[sample] ?? [];
  const answer = topClass(probability);
  const truth = shown.truth?.[sample] ?? null;
  const theme = useThemeName();
  const scale = useMemo(() => colourScale('sequential', [0, 1], theme), [theme]);
  const map = useMemo(
    () => ({
      rows: shown.labels.length,
      columns: history.length,
      data: classesMap(history, sample),
    }),
    [history, sample, shown],
  );
  const { goTo } = useAppStore().getState();
  const batch = batchSentence(shown);
  return (
    <div className={styles['classes']}>
      <p aria-live="polite">
        {classesSentence(history, sample, iteration)}
        {batch !== null && ` ${batch}`}
      </p>
      <div className={styles['picture']}>
        <table className={styles['bars']}>
          <caption>{shown.name}</caption>
          <tbody>
            {shown.labels.map((label, index) => {
              const value = probability[index] ?? NaN;
              return (
                <tr
                  key={label}
                  style={{ height: `${String(ROW)}px` }}
                  data-answer={index === answer}
                >
                  <th scope="row">{label}</th>
                  <td className={styles['bar']} aria-hidden>
                    <span style={{ width: `${(100 * (value || 0)).toFixed(1)}%` }} />
                  </td>
                  <td className={styles['share']}>
                    {Number.isFinite(value) ? formatShare(value) : 'NaN'}
                  </td>
                  <td className={styles['mark']}>
                    {index === truth && (
                      <span title="What it is">
                        <Check size={13} aria-hidden /> truth
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {history.length > 1 && (
          <figure className={styles['way']}>
            <div style={{ height: `${String(ROW * shown.labels.length)}px` }}>
              <PixelCanvas
                pixels={map}
                scale={scale}
                label="Probability of each class at each iteration"
                className={styles['map']}
                onChoose={({ column }) => {
                  goTo(column);
                }}
              />
            </div>
            <figcaption>
              iteration 0 to {iteration}; dark to light: 0 % to 100 %
              <span data-figure-skip>; a click goes there</span>
            </figcaption>
          </figure>
        )}
      </div>
    </div>
  );
}
