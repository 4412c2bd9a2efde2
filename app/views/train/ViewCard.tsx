import { Suspense, useEffect, useRef } from 'react';
import { formatCount } from '../../format.ts';
import { ObservationPicture } from '../../pictures/ObservationPicture.tsx';
import { useApp, useAppStore } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';
import { useOnScreen } from '../../ui/useOnScreen.ts';
import styles from './cards.module.css';

/** A glance past the card is none: each has the training begin its command anew. */
const SETTLE_MILLISECONDS = 300;

/** What the task draws of the network, anew with each held-out loss, where there is anything. */
export function ViewCard() {
  const drawn = useApp((state) => state.looked !== null);
  return drawn ? <DrawnCard /> : null;
}

function DrawnCard() {
  const looked = useApp((state) => state.looked);
  const { watchTrainView } = useAppStore().getState();
  const top = useRef<HTMLDivElement>(null);
  const seen = useOnScreen(top);
  useEffect(() => {
    const timer = setTimeout(() => {
      watchTrainView(seen);
    }, SETTLE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
    };
  }, [seen, watchTrainView]);
  // The view that is left shows it no more.
  useEffect(
    () => () => {
      watchTrainView(false);
    },
    [watchTrainView],
  );
  if (!looked) return null;
  const { step, observations } = looked;
  return (
    <Card
      title="What it has learnt"
      aside={step === 0 ? 'before the first step' : `after step ${formatCount(step)}`}
    >
      <div ref={top} className={styles['pictures']}>
        <Suspense>
          {observations.map((shown) => (
            <ObservationPicture
              key={`${shown.kind} ${shown.name}`}
              {...{ shown, sample: 0, samples: [], done: false }}
              history={[shown]}
              iteration={step}
              count="step"
            />
          ))}
        </Suspense>
      </div>
    </Card>
  );
}
