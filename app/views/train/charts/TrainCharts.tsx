import { useMemo, useState } from 'react';
import { useApp } from '../../../store/context.ts';
import { dataOf } from '../../../store/train/trainText.ts';
import { CostCard } from './CostCard.tsx';
import styles from './charts.module.css';
import { HealthCard } from './HealthCard.tsx';
import { LossCard } from './LossCard.tsx';
import type { LossLook } from './lossPicture.ts';
import { TaskMetricCard } from './TaskMetricCard.tsx';
import { useRecords } from './useRecords.ts';

/** The loss, and below it on the same horizontal axis the solver's health and the cost. */
export function TrainCharts() {
  const records = useRecords();
  const metrics = useApp((state) => dataOf(state)?.metrics);
  const [look, setLook] = useState<LossLook>({ axis: 'steps', log: false, smoothing: 0.9 });
  // The run changes every frame; the cards, their sentences and tables only as often as the records.
  return useMemo(
    () => (
      <>
        <LossCard records={records} look={look} onLook={setLook} />
        {metrics && metrics.length > 0 && (
          <div className={styles['metrics']}>
            {metrics.map((metric) => (
              <TaskMetricCard key={metric.name} metric={metric} records={records} look={look} />
            ))}
          </div>
        )}
        <div className={styles['pair']}>
          <HealthCard records={records} axis={look.axis} />
          <CostCard records={records} axis={look.axis} />
        </div>
      </>
    ),
    [records, look, metrics],
  );
}
