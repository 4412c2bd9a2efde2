import { clsx } from 'clsx';
import { Scale, Square } from 'lucide-react';
import { worst } from '../../../charts/series.ts';
import { formatResidual } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { Card } from '../../../ui/Card.tsx';
import table from '../../../ui/table.module.css';
import { normsOver, residualFormulas } from '../residualFormulas.ts';
import styles from './ConventionsCard.module.css';
import {
  conventionLanes,
  conventions,
  isOfConventions,
  returnedPoint,
  ridgeWords,
} from './conventionWords.ts';

/**
 * The same solve by the rules of each library: what is measured, what is returned, when it stops. In
 * a narrow place each row is a block of its own; the roles say that it is a table all the same.
 */
export default function ConventionsCard() {
  const { startRace, stopRace, change } = useAppStore().getState();
  const solver = useApp((state) => state.experiment.solver);
  const race = useApp((state) => state.race);
  const stopped = useApp((state) => state.engine === 'stopped' || state.fault !== null);
  const mine = isOfConventions(race);
  const { progress } = race;
  const shown = mine ? (race.experiments[0]?.solver ?? solver) : solver;
  return (
    <Card
      title="Conventions"
      className={styles['card']}
      aside={
        progress ? (
          <button type="button" onClick={stopRace}>
            <Square size={13} aria-hidden />
            Stop
          </button>
        ) : (
          <button
            type="button"
            disabled={stopped}
            onClick={() => {
              startRace(conventionLanes(solver));
            }}
          >
            <Scale size={14} aria-hidden />
            Compare conventions
          </button>
        )
      }
    >
      <div className={styles['room']} role="group" aria-label="Table of conventions">
        <table className={clsx(table['table'], styles['table'])} role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                convention
              </th>
              <th scope="col" role="columnheader">
                residual
              </th>
              <th scope="col" role="columnheader">
                norm over
              </th>
              <th scope="col" role="columnheader">
                returns
              </th>
              <th scope="col" role="columnheader">
                ridge
              </th>
              <th scope="col" role="columnheader" title="Iterations until it stopped">
                it.
              </th>
              <th scope="col" role="columnheader" title="In its own measure, of the worst sample">
                final residual
              </th>
              <th scope="col" role="columnheader">
                use
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {conventionLanes(shown).map((lane, index) => {
              const name = conventions[index]?.label ?? lane.convention;
              const row = mine ? race.rows.find((one) => one.lane === index) : undefined;
              const last = row?.records.at(-1);
              const used = lane.convention === solver.convention;
              return (
                <tr key={lane.convention} role="row">
                  <th scope="row" role="rowheader">
                    {name}
                  </th>
                  <td role="cell" data-is="residual">
                    {residualFormulas({ solver: lane }, 'forward')[lane.stopMode]}
                  </td>
                  <td role="cell" data-is="norm over">
                    {normsOver(lane)}
                  </td>
                  <td role="cell" data-is="returns">
                    {returnedPoint(lane)}
                  </td>
                  <td role="cell" data-is="ridge">
                    {ridgeWords(lane)}
                  </td>
                  <td role="cell" data-is="iterations" title={row?.status}>
                    {last?.iteration ?? '—'}
                  </td>
                  <td role="cell" data-is="final residual">
                    {last ? formatResidual(worst(last[lane.stopMode])) : '—'}
                  </td>
                  <td role="cell" className={styles['using']}>
                    <button
                      type="button"
                      className={styles['use']}
                      disabled={used}
                      aria-label={`Use the convention ${name}`}
                      onClick={() => {
                        change('solver.convention', lane.convention);
                      }}
                    >
                      {used ? 'In use' : 'Use'}
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <output className={styles['note']} aria-label="conventions">
        {progress
          ? `${progress.label}, ${String(progress.done)} of ${String(progress.total)} done`
          : ((mine ? race.failure : null) ??
            'Libraries differ in silence, so the same solve ends at another iteration in each.')}
      </output>
    </Card>
  );
}
