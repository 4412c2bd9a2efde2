import { clsx } from 'clsx';
import { Plus } from 'lucide-react';
import type { RaceRow, SolveStatus } from '../../../../src/engine/protocol/protocol.ts';
import type { TraceLine } from '../../../charts/frame.ts';
import { worst, type Measure } from '../../../charts/series.ts';
import { formatCount, formatMilliseconds, formatResidual } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import type { SolverSettings } from '../../../store/solve/race.ts';
import hidden from '../../../ui/hidden.module.css';
import table from '../../../ui/table.module.css';
import { LaneActions, LaneSolver } from './LaneControls.tsx';
import { MOST_LANES, newLane } from './lanes.ts';
import styles from './RaceCard.module.css';

const columns = ['it', 'evals', 'time', 'spread', 'residual', 'floats', 'status'] as const;

const timeWords =
  'Median wall time of the timed runs, each to the end at full speed; the solvers take turns';

const statusWords: Readonly<Record<SolveStatus, string>> = {
  running: 'stopped',
  converged: 'converged',
  'max-iterations': 'at its limit',
  stalled: 'stalled',
  diverged: 'diverged',
  nonfinite: 'not finite',
};

/** The solvers that are to run, and beside each what it took when it ran. */
export function RaceTable(props: {
  readonly lanes: readonly SolverSettings[];
  /** Of the last race. */
  readonly lines: readonly TraceLine[];
}) {
  const { lanes, lines } = props;
  const { rows, experiments } = useApp((state) => state.race);
  const experiment = useApp((state) => state.experiment);
  const shape = useApp((state) => state.problem?.shape);
  const { setLanes } = useAppStore().getState();
  return (
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Table of the race">
      <table className={clsx(table['table'], styles['table'])}>
        <thead>
          <tr>
            <th scope="col">solver</th>
            {rows.length > 0 && (
              <>
                <th scope="col">iterations</th>
                <th scope="col" title="Evaluations of f">
                  evals
                </th>
                <th scope="col" title={timeWords}>
                  time
                </th>
                <th scope="col" title="The quickest and the slowest of the timed runs">
                  from – to
                </th>
                <th scope="col" title="At the end, of the worst sample, as the solve measures it">
                  residual
                </th>
                <th scope="col" title="Floats that the solver keeps between two iterations">
                  floats
                </th>
                <th scope="col">status</th>
              </>
            )}
            <th scope="col">
              <span className={hidden['hidden']}>actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lanes.map((lane, index) => (
            <tr key={index}>
              <th scope="row">
                <LaneSolver lanes={lanes} index={index} line={lines[index]} />
              </th>
              {rows.length > 0 && (
                <Result
                  // What was changed since has not run.
                  row={
                    isSame(experiments[index]?.solver, lane)
                      ? rows.find((row) => row.lane === index)
                      : undefined
                  }
                  measure={lane.stopMode}
                />
              )}
              <td>
                <LaneActions lanes={lanes} index={index} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lanes.length < MOST_LANES && (
        <button
          type="button"
          className={styles['add']}
          onClick={() => {
            setLanes([...lanes, newLane(experiment, lanes, shape)]);
          }}
        >
          <Plus size={14} aria-hidden />
          Add a lane
        </button>
      )}
    </div>
  );
}

const isSame = (a: SolverSettings | undefined, b: SolverSettings): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

function Result({
  row,
  measure,
}: {
  readonly row: RaceRow | undefined;
  readonly measure: Measure;
}) {
  if (!row) return columns.map((key) => <td key={key}>—</td>);
  const { records, evaluations, times, storedFloats, status } = row;
  const last = records.at(-1);
  return (
    <>
      <td>{last?.iteration ?? 0}</td>
      <td>{evaluations}</td>
      <td>{formatMilliseconds(times?.median)}</td>
      <td>
        {times ? `${formatMilliseconds(times.least)} – ${formatMilliseconds(times.most)}` : '—'}
      </td>
      <td>{last ? formatResidual(worst(last[measure])) : '—'}</td>
      <td>{formatCount(storedFloats)}</td>
      <td className={styles[status === 'converged' ? 'good' : 'poor']}>{statusWords[status]}</td>
    </>
  );
}
