import { median, worst } from '../../charts/series.ts';
import { formatCount, formatMilliseconds, formatResidual } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { shownExperiment, shownPast } from '../../store/solve/shown.ts';
import { IterationCount } from './IterationCount.tsx';
import { residualFormulas } from './residualFormulas.ts';
import { Readout } from '../../ui/Readout.tsx';
import styles from './Readouts.module.css';

/** Records whose time counts: the newest few, so that the number follows what the machine does now. */
const RECENT = 20;

/** The numbers of the iteration shown, the newest unless the visitor looks back. */
export function Readouts() {
  const records = useApp(shownPast);
  const backward = useApp((state) => state.pass === 'backward');
  const formula = useApp((state) => residualFormulas(shownExperiment(state), state.pass).rel);
  const recorded = useApp((state) => state.source === 'recorded');
  const newest = records.at(-1);
  // The first evaluation compiles pipelines, and a recorded run is another machine's time.
  const times = recorded ? [] : records.slice(1).slice(-RECENT);
  const together = times.at(-1)?.together;
  const time = times.length > 0 ? median(times.map((record) => record.milliseconds)) : null;
  return (
    <div className={styles['readouts']}>
      <IterationCount />
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
        title={`${formula} of the worst sample at this iteration`}
        value={newest ? formatResidual(worst(newest.rel)) : '—'}
      />
      <Readout
        label="time per step"
        caption={together ? `time per step, ${String(together)} at a time` : 'time per step'}
        title={
          recorded
            ? 'Measured once the solve runs on this machine'
            : together
              ? `Median wall time of the recent iterations, made ${String(together)} at a time on the GPU with one look at the residuals`
              : 'Median wall time of the recent iterations, reading the residual back after each'
        }
        value={formatMilliseconds(time)}
      />
    </div>
  );
}
