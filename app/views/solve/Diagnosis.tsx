import { lazy, Suspense } from 'react';
import { useApp } from '../../store/context.ts';
import { isFinal, phaseOf } from '../../store/phase.ts';
import styles from './SolveView.module.css';

/** Most solves go well. */
const DiagnoseCard = lazy(() => import('./diagnose/DiagnoseCard.tsx'));

/** Of a solve that ended badly, why, and what to try; otherwise nothing. */
export function Diagnosis() {
  const phase = useApp(phaseOf);
  if (!isFinal(phase) || phase === 'converged') return null;
  return (
    <div className={styles['diagnosis']}>
      <Suspense>
        <DiagnoseCard />
      </Suspense>
    </div>
  );
}
