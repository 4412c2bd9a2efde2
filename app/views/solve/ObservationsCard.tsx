import { Suspense, useMemo, useRef } from 'react';
import { familyPages } from '../../families/index.ts';
import { followedIn } from '../../pictures/followed.ts';
import { FollowedPicture } from '../../pictures/FollowedPicture.tsx';
import { readingAt, seriesAt, type Series } from '../../pictures/history.ts';
import { ObservationPicture } from '../../pictures/ObservationPicture.tsx';
import { useApp, useAppStore } from '../../store/context.ts';
import { useAppAtMost } from '../../store/useAppAtMost.ts';
import { isFinal, phaseOf } from '../../store/solve/phase.ts';
import { cursorOn } from '../../store/solve/shown.ts';
import { Card } from '../../ui/Card.tsx';
import { useForward, useWatching } from './insight/useInsight.ts';
import styles from './ObservationsCard.module.css';

const none: readonly string[] = [];

/** What the state says at the iteration shown, whatever the family: a picture for each thing. */
export default function ObservationsCard() {
  const { output } = familyPages[useApp((state) => state.applied.problem.family)];
  const readings = useAppAtMost((state) => state.observed);
  const forward = useApp((state) => state.pass === 'forward');
  const cursor = useApp((state) => (state.pass === 'forward' ? cursorOn(state) : null));
  const samples = useApp((state) => state.problem?.samples ?? none);
  const done = useApp((state) => isFinal(phaseOf(state)) && cursorOn(state) === null);
  const { sample } = useForward();
  const at = readingAt(readings, cursor ?? Infinity);
  const series = useMemo(() => seriesAt(readings, at, sample), [readings, at, sample]);
  const followed = useMemo(() => followedIn(readings), [readings]);
  const top = useRef<HTMLDivElement>(null);
  useWatching(top);
  const { goTo } = useAppStore().getState();
  const picture = ({ key, shown, history, film }: Series) => (
    <div key={key} data-kind={shown.kind}>
      <Suspense>
        <ObservationPicture
          {...{ shown, history, film, sample, samples, done }}
          iteration={at}
          onIteration={forward ? goTo : undefined}
        />
      </Suspense>
    </div>
  );
  return (
    <Card title={output.name} label={output.name} className={styles['card']}>
      {series.length === 0 && (
        <p className={styles['note']}>
          Nothing has been read out of the state yet: step on, or run the solve.
        </p>
      )}
      <div className={styles['pictures']} ref={top}>
        {series.filter(({ shown }) => shown.kind !== 'figures').map(picture)}
        {followed.map((one) => (
          <div key={one.key} data-kind="curve">
            <FollowedPicture followed={one} at={at} onPick={forward ? goTo : undefined} />
          </div>
        ))}
        {series.filter(({ shown }) => shown.kind === 'figures').map(picture)}
      </div>
    </Card>
  );
}
