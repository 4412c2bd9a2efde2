import { lazy, Suspense } from 'react';
import { useApp } from '../../store/context.ts';
import { isFinal, phaseOf } from '../../store/phase.ts';
import { EventsCard } from './EventsCard.tsx';

/** Most solves go well. */
const DiagnoseCard = lazy(() => import('./diagnose/DiagnoseCard.tsx'));

/** What the solver did; of a solve that ended badly, why, and what to try. */
export function EventsOrDiagnosis() {
  const phase = useApp(phaseOf);
  if (!isFinal(phase) || phase === 'converged') return <EventsCard />;
  return (
    <Suspense fallback={<EventsCard />}>
      <DiagnoseCard />
    </Suspense>
  );
}
