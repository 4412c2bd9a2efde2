import { Suspense } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useApp } from '../../store/context.ts';
import { shownRecord, solverOf, shownExperiment } from '../../store/solve/shown.ts';
import { Card } from '../../ui/Card.tsx';
import { ReadingGuide } from './ReadingGuide.tsx';
import styles from './ConvergenceCard.module.css';

const SamplesCard = lazyPart(() => import('./SamplesCard.tsx'), 'Samples');

/** How far each sample of the batch has come; with one sample only, as at first, how to read the chart. */
export function ConvergenceCard() {
  const several = useApp((state) => {
    const { stopMode } = solverOf(shownExperiment(state), state.pass);
    return (shownRecord(state)?.[stopMode].length ?? 0) > 1;
  });
  if (!several) return <ReadingGuide />;
  return (
    <Suspense
      fallback={
        <Card title="Samples" className={styles['card']}>
          {null}
        </Card>
      }
    >
      <SamplesCard />
    </Suspense>
  );
}
