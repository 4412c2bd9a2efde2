import { settingsOf, solverEvents } from '../../../src/numerics/settingsOf.ts';
import { EventMark } from '../../charts/eventMarks.tsx';
import { useApp } from '../../store/context.ts';
import { shownExperiment, shownPast, solverOf } from '../../store/solve/shown.ts';
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
        <p className={styles['empty']}>{settingsOf(method).quiet}</p>
      ) : (
        <ol className={styles['list']}>
          {events.map(({ iteration, event }) => (
            <li key={iteration}>
              <EventMark event={event} />
              <b>{iteration}</b>
              <span>{solverEvents[event].words}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
