import { EventMark } from '../../charts/eventMarks.tsx';
import { eventWords } from '../../charts/series.ts';
import { useApp } from '../../store/context.ts';
import { shownExperiment, shownPast, solverOf } from '../../store/shown.ts';
import { Card } from '../../ui/Card.tsx';
import styles from './EventsCard.module.css';

/** What the solver did beside its ordinary updates. */
export function EventsCard() {
  const records = useApp(shownPast);
  const pass = useApp((state) => state.pass);
  const { method } = solverOf(useApp(shownExperiment), pass);
  const events = records.flatMap(({ iteration, event }) => (event ? [{ iteration, event }] : []));
  return (
    <Card title="Solver events" className={styles['card']}>
      {events.length === 0 ? (
        <p className={styles['empty']}>{emptyWords[method]}</p>
      ) : (
        <ol className={styles['list']}>
          {events.map(({ iteration, event }) => (
            <li key={iteration}>
              <EventMark event={event} />
              <b>{iteration}</b>
              <span>{eventWords[event]}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

const emptyWords = {
  picard: 'None so far. Picard has no memory to fill, so it seldom has any.',
  anderson: 'None so far. A full window or a singular mixing system would be listed here.',
  broyden: 'None so far. The rank limit, a fallback step or a line search would be listed here.',
} as const;
