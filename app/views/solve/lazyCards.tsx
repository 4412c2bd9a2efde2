import { Suspense } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { Card } from '../../ui/Card.tsx';
import styles from './SolveView.module.css';

const Memory = lazyPart(
  async () => ({
    default: (await import('./memory/MemoryCard.tsx')).MemoryCard,
  }),
  'Memory of one training step',
);
const Equation = lazyPart(
  async () => ({ default: (await import('./EquationCard.tsx')).EquationCard }),
  'Equation',
);

/** The memory card: with its room held while it loads, so that nothing moves when it comes. */
export const LazyMemoryCard = () => (
  <Suspense
    fallback={
      <Card title="Memory of one training step" className={styles['memoryRoom']}>
        {null}
      </Card>
    }
  >
    <Memory />
  </Suspense>
);

/** The equation card, likewise. */
export const LazyEquationCard = () => (
  <Suspense
    fallback={
      <Card title="Equation" className={styles['equationRoom']}>
        {null}
      </Card>
    }
  >
    <Equation />
  </Suspense>
);
