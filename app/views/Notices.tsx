import { Suspense, useState } from 'react';
import { lazyPart } from '../parts/lazyPart.tsx';
import { useApp, useAppStore } from '../store/context.ts';
import { timingOf } from '../store/engine/backends.ts';
import { Banner } from '../ui/Banner.tsx';
import { FaultBanner } from './FaultBanner.tsx';
import styles from './Notices.module.css';

const HiddenNote = lazyPart(
  () => import('./share/HiddenNote.tsx'),
  'The note on hidden controls',
  'line',
);
const FallbackBanner = lazyPart(
  () => import('./device/FallbackBanner.tsx'),
  'The note on the missing GPU',
  'line',
);
const TrainNotices = lazyPart(
  () => import('./train/TrainNotices.tsx'),
  'The notices of training',
  'line',
);

/** What went wrong or isn't as it should be, above everything and in nobody's way. */
export function Notices() {
  const fault = useApp((state) => state.fault);
  const notice = useApp((state) => state.notice);
  const backend = useApp((state) => state.device?.backend);
  // Where the visitor or a timing chose, it is no news.
  const picked = useApp((state) =>
    Boolean(state.solveBackend !== 'auto' || timingOf(state, state.applied, 'solve')),
  );
  const [dismissed, setDismissed] = useState(false);
  const training = useApp(
    ({ view, trainFault, modelProblem, resumable, runPhase }) =>
      view === 'train' &&
      (trainFault !== null ||
        modelProblem !== null ||
        resumable !== null ||
        runPhase === 'nonfinite' ||
        runPhase === 'diverged'),
  );
  const { restartEngine, dismissNotice } = useAppStore().getState();
  const embed = useApp((state) => state.embed);
  // A frame in another page has no room for what needn't be done anything about.
  const fallback = !embed && backend && backend.name !== 'webgpu' && !picked && !dismissed;
  const hiding = useApp((state) => !state.embed && state.hidden.length > 0);
  if (!fault && notice === null && !fallback && !training && !hiding) return null;
  return (
    <section className={styles['notices']} aria-label="Notices" data-screen-only>
      {hiding && (
        <Suspense>
          <HiddenNote />
        </Suspense>
      )}
      {training && (
        <Suspense>
          <TrainNotices />
        </Suspense>
      )}
      {fault && <FaultBanner fault={fault} action="Restart engine" onAction={restartEngine} />}
      {notice !== null && (
        <Banner kind="notice" onDismiss={dismissNotice}>
          {notice}
        </Banner>
      )}
      {fallback && (
        <Suspense>
          <FallbackBanner
            backend={backend}
            onDismiss={() => {
              setDismissed(true);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
