import { Suspense } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useApp } from '../../store/context.ts';
import { measuredOf } from '../../store/train/trainText.ts';
import { Card } from '../../ui/Card.tsx';
import styles from './cards.module.css';

const CheckpointList = lazyPart(
  () => import('./CheckpointList.tsx'),
  'The list of checkpoints',
  'line',
);

/** States of runs that this browser keeps: the way back after a reload, a crash or a mistake. */
export function CheckpointsCard() {
  const kept = useApp((state) => state.checkpoints.length);
  const problem = useApp((state) => state.checkpointProblem);
  const measured = useApp(measuredOf);
  return (
    <Card title="Checkpoints" aside="kept in this browser">
      {problem !== null && (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
      {kept === 0 ? (
        <p className={styles['empty']}>
          None yet. One is kept every 200 steps or 30 seconds, and whenever the loss on {measured}{' '}
          is the best so far.
        </p>
      ) : (
        <Suspense>
          <CheckpointList />
        </Suspense>
      )}
    </Card>
  );
}
