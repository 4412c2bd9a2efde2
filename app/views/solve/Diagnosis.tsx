import { Suspense } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useApp } from '../../store/context.ts';
import { isFinal, phaseOf } from '../../store/solve/phase.ts';
import styles from './SolveView.module.css';

/** Most solves go well. */
const DiagnoseCard = lazyPart(() => import('./diagnose/DiagnoseCard.tsx'), 'The diagnosis');

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
