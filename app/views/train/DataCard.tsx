import { useEffect } from 'react';
import { familyOf } from '../../../src/families/settings.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { capital, formatCount } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Setting } from '../config/Setting.tsx';
import styles from './data.module.css';
import { DataNote } from './DataNote.tsx';
import { ModelActions } from './ModelActions.tsx';

/** What is learnt from, of a family that has no card of its own for it: its settings, and what its data are. */
export function DataCard() {
  const experiment = useApp((state) => state.experiment);
  const report = useApp((state) => state.corpus.report);
  const reading = useApp((state) => state.corpus.reading);
  const problem = useApp((state) => state.corpus.problem);
  const { readCorpus } = useAppStore().getState();
  useEffect(readCorpus, [experiment, readCorpus]);
  const { learns, title, cards, inputs, solveOnly = [] } = familyOf(experiment.problem.family);
  // What is solved may be what is learnt from too: a picture.
  const given = learns?.data === undefined ? undefined : inputs[learns.data];
  const settings = {
    ...cards,
    ...(learns?.data !== undefined && given && { [learns.data]: given }),
  };
  const unit = learns?.unit ?? 'examples';
  const name = capital(unit);
  return (
    <section className={styles['card']} aria-labelledby="data-title">
      <div className={styles['title']}>
        <h3 id="data-title">{learns ? capital(learns.from) : 'Data'}</h3>
      </div>
      {!learns && <p className={styles['note']}>{title} has nothing to train.</p>}
      {Object.entries(settings).flatMap(([section, fields]) =>
        Object.keys(fields)
          .map((key) => `${section}.${key}` as FieldPath)
          .filter((path) => !solveOnly.includes(path))
          .map((path) => <Setting key={path} path={path} />),
      )}
      {problem !== null && (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
      {reading && <p className={styles['note']}>{reading.label}…</p>}
      {report && !report.text && (
        <>
          <Facts
            className={styles['facts']}
            facts={[
              [`${name} to learn from`, formatCount(report.learnt)],
              [
                `${name} ${learns?.measured ? 'measured' : 'held out'}`,
                report.heldOut === 0 ? 'none' : formatCount(report.heldOut),
              ],
              ['Parameters', formatCount(report.parameters)],
            ]}
          />
          <DataNote says={report.about} />
        </>
      )}
      <ModelActions />
    </section>
  );
}
