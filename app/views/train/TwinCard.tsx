import { clsx } from 'clsx';
import type { TrainRecord } from '../../../src/engine/protocol/protocol.ts';
import { twinName } from '../../../src/schema/twin.ts';
import { formatCount, formatPeak } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { measuredOf } from '../../store/train/trainText.ts';
import { Card } from '../../ui/Card.tsx';
import table from '../../ui/table.module.css';
import styles from './cards.module.css';
import { formatLoss, formatSpan } from './trainFormat.ts';
import { twinSentence } from './twinSentence.ts';

/** The equilibrium model beside its layer unrolled to a fixed depth, or beside a variant of itself. */
export default function TwinCard() {
  const run = useApp((state) => state.run);
  const name = useApp((state) => twinName(state.run?.applied ?? state.experiment));
  const unit = useApp((state) => state.run?.report.data.loss.unit ?? '');
  const measured = useApp(measuredOf);
  const deq = run && merged(run.newest.deq, run.validated.deq);
  const twin = run && merged(run.newest.twin, run.validated.twin);
  return (
    <Card title="DEQ and its twin">
      <table className={clsx(table['table'], styles['table'])}>
        <thead>
          <tr>
            <td />
            <th scope="col">DEQ</th>
            <th scope="col">twin, {name}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, show]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{deq ? show(deq) : '—'}</td>
              <td>{twin ? show(twin) : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['empty']}>
        {deq && twin
          ? twinSentence(deq, twin, { unit, measured })
          : 'Same parameters at the start, same batches; they take turns on one device.'}
      </p>
    </Card>
  );
}

const rows: readonly (readonly [string, (record: TrainRecord) => string])[] = [
  ['Validation loss', ({ validation }) => formatLoss(validation)],
  ['Time', ({ seconds }) => formatSpan(seconds)],
  ['Evaluations', ({ evaluations }) => formatCount(evaluations)],
  ['Peak memory', ({ peakBytes }) => formatPeak(peakBytes)],
];

/** The newest record with the newest validation loss, which most records haven't. */
function merged(newest?: TrainRecord, validated?: TrainRecord): TrainRecord | undefined {
  if (!newest || validated?.validation === undefined) return newest;
  return { ...newest, validation: validated.validation };
}
