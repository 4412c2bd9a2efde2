import { capital, formatCount } from '../../../format.ts';
import { useApp } from '../../../store/context.ts';
import { dataOf, learnsOf } from '../../../store/train/trainText.ts';
import { Readout } from '../../../ui/Readout.tsx';
import { useThrottled } from '../../../ui/useThrottled.ts';
import readouts from '../../solve/Readouts.module.css';
import { formatLoss, formatSpan } from '../trainFormat.ts';
import styles from './TrainReadouts.module.css';

/** The numbers of the newest step; more of them stand with the charts they belong to. */
export function TrainReadouts() {
  const run = useThrottled(useApp((state) => state.run));
  const planned = useApp((state) => state.experiment.train.steps);
  const newest = run?.newest.deq;
  const step = newest?.step ?? run?.report.step ?? 0;
  const twin = run?.validated.twin;
  const loss = useApp((state) => dataOf(state)?.loss);
  const { unit, from } = useApp(learnsOf);
  const speed = run?.examplesPerSecond ?? null;
  return (
    <div className={readouts['readouts']}>
      <Readout
        label="training step"
        caption="step"
        title="Updates made so far, of those the schedule is laid out over"
        value={formatCount(step)}
        suffix={
          <span className={styles['of']}> / {formatCount(run?.report.steps ?? planned)}</span>
        }
      />
      <Readout
        label="training loss"
        title={`${capital(loss?.help ?? 'loss')} of the newest batch before its update${loss?.per ? `, ${loss.unit} a ${loss.per}` : ''}`}
        value={formatLoss(newest?.loss)}
        suffix={
          newest ? <span className={styles['unit']}> {loss?.unit ?? 'nats'}</span> : undefined
        }
      />
      <Readout
        label="validation loss"
        title={
          twin
            ? `On ${from} it never learns from: of the DEQ, and of its twin`
            : `The same on ${from} it never learns from`
        }
        value={formatLoss(run?.validated.deq?.validation)}
        suffix={
          twin ? (
            <span className={styles['twin']}> twin {formatLoss(twin.validation)}</span>
          ) : undefined
        }
      />
      <Readout
        label={`${unit} per second`}
        caption={`${unit}/s`}
        title="Median over the last twenty steps"
        value={speed === null ? '—' : formatCount(Math.round(speed))}
      />
      <Readout
        label="time left"
        className={styles['left']}
        title="At the recent pace; known after ten steps"
        value={formatSpan(run?.secondsLeft)}
      />
    </div>
  );
}
