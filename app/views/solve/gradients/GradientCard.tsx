import { useState } from 'react';
import { useApp, useAppStore } from '../../../store/context.ts';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import styles from './GradientCard.module.css';
import { GradientScatter, scatterSeries } from './GradientScatter.tsx';
import { GradientTable } from './GradientTable.tsx';
import {
  gradientSummary,
  pointWords,
  referenceWords,
  shineWords,
  type Cost,
} from './gradientWords.ts';

/** Every gradient method on the current problem: how wrong, how slow, how large. */
export function GradientCard() {
  const { report, progress, failure } = useApp((state) => state.comparison);
  const stopped = useApp((state) => state.engine === 'stopped');
  const { compareGradients, stopComparing } = useAppStore().getState();
  const [cost, setCost] = useState<Cost>('time');
  return (
    <Card
      title="Gradient meter"
      className={styles['card']}
      aside={
        <>
          {report && (
            <Segmented
              label="Error against"
              value={cost}
              onChange={setCost}
              options={[
                { value: 'time', label: 'by time', title: 'Error against time' },
                { value: 'memory', label: 'by memory', title: 'Error against peak memory' },
              ]}
            />
          )}
          {report && (
            <FigureButton
              title={`Relative error of each gradient against its ${cost === 'time' ? 'time' : 'peak memory'}`}
              data={() => ({
                kind: 'points',
                series: scatterSeries(report, cost),
                xLabel: cost === 'time' ? 'time, ms' : 'peak memory, bytes',
                yLabel: 'relative error',
              })}
            />
          )}
          {progress ? (
            <>
              <progress
                aria-label="Comparing gradients"
                max={Math.max(progress.total, 1)}
                {...(progress.total > 0 ? { value: progress.done } : {})}
              />
              <span className={styles['label']}>{progress.label}</span>
              <button type="button" onClick={stopComparing}>
                Stop
              </button>
            </>
          ) : (
            <button type="button" disabled={stopped} onClick={compareGradients}>
              Compare gradients
            </button>
          )}
        </>
      }
    >
      {failure !== null && <p className={styles['failure']}>{failure}</p>}
      {report ? (
        <div className={styles['columns']}>
          <div className={styles['numbers']}>
            <GradientTable report={report} />
            <p className={styles['note']}>
              {gradientSummary(report, cost)} {pointWords(report)} {referenceWords(report)}{' '}
              {shineWords(report)}
            </p>
          </div>
          <GradientScatter report={report} cost={cost} />
        </div>
      ) : (
        <p className={styles['note']}>
          The exact gradient solves the adjoint equation; cheaper methods cut it short. Compare them
          on this very problem: how far each is from the exact gradient, in which time, with how
          much memory.
        </p>
      )}
    </Card>
  );
}
