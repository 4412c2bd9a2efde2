import { Suspense } from 'react';
import { formatCount } from '../../format.ts';
import { ObservationPicture } from '../../pictures/ObservationPicture.tsx';
import { useApp } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';

/** What the task draws of the network, anew with each held-out loss. */
export function ViewCard() {
  const looked = useApp((state) => state.looked);
  if (!looked) return null;
  const { step, observations } = looked;
  return (
    <Card
      title="What it has learnt"
      aside={step === 0 ? 'before the first step' : `after step ${formatCount(step)}`}
    >
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
    </Card>
  );
}
