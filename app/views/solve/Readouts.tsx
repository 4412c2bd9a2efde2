import { median, worst } from '../../charts/series.ts';
import { formatCount, formatMilliseconds, formatResidual } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { shownRecords, solverOf } from '../../store/shown.ts';
import { residualFormulas } from './residualFormulas.ts';
import { Readout } from '../../ui/Readout.tsx';
import styles from './Readouts.module.css';

/** Records whose time counts: the newest few, so that the number follows what the machine does now. */
const RECENT = 20;

/** The numbers of the newest iteration. */
export function Readouts() {
  const records = useApp(shownRecords);
  const backward = useApp((state) => state.pass === 'backward');
  const recorded = useApp((state) => state.source === 'recorded');
  const limit = useApp(({ applied, pass }) => solverOf(applied, pass).maxIterations);
  const newest = records.at(-1);
  // The first evaluation compiles pipelines, and a recorded run is another machine's time.
  const times = recorded ? [] : records.slice(1).slice(-RECENT);
  const time = times.length > 0 ? median(times.map((record) => record.milliseconds)) : null;
  return (
    <div className={styles['readouts']}>
      <Readout
        label="iteration"
        title={
          backward
            ? 'Updates of the adjoint solver so far; iteration 0 is u = 0'
            : 'Solver updates so far; iteration 0 is the starting point z₀'
        }
        value={String(newest?.iteration ?? 0)}
        suffix={` / ${String(limit)}`}
      />
      <Readout
        label="evaluations"
        caption={backward ? 'Jᵀu products' : 'evaluations'}
        title={
          backward
            ? 'Backward passes through f so far; the adjoint solve evaluates f no more'
            : 'Evaluations of f so far: the cost that compares across solvers'
        }
        value={formatCount(newest?.evaluations ?? 0)}
      />
      <Readout
        label="relative residual"
        caption="rel. residual"
        title={`${residualFormulas[backward ? 'backward' : 'forward'].rel} of the worst sample at the newest iteration`}
        value={newest ? formatResidual(worst(newest.rel)) : '—'}
      />
      <Readout
        label="time per step"
        title={
          recorded
            ? 'Measured once the solve runs on this machine'
            : 'Median wall time of the recent iterations, reading the residual back included'
        }
        value={formatMilliseconds(time)}
      />
    </div>
  );
}
