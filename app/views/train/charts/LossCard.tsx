import { useMemo } from 'react';
import type { Metric, TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { formatResidual } from '../../../format.ts';
import { useApp } from '../../../store/context.ts';
import { dataOf, learnsOf, measuredOf } from '../../../store/train/trainText.ts';
import type { Column } from '../../../ui/DataTable.tsx';
import { Readout } from '../../../ui/Readout.tsx';
import { formatLoss } from '../trainFormat.ts';
import { lossSummary, newestLoss } from '../trainWords.ts';
import { axisLabel } from './axes.ts';
import styles from './charts.module.css';
import { LossControls } from './LossControls.tsx';
import { lossPicture, type LossLook } from './lossPicture.ts';
import { StreamCard } from './StreamCard.tsx';
import type { Records } from './useRecords.ts';

/** The main picture: how the loss goes down, on text it learns from and on text held back. */
export function LossCard(props: {
  readonly records: Records;
  readonly look: LossLook;
  readonly onLook: (look: LossLook) => void;
}) {
  const { records, look, onLook } = props;
  // While a run is on screen its own data count, not what is being edited beside it.
  const loss = useApp((state) => dataOf(state)?.loss);
  const { unit } = useApp(learnsOf);
  const measured = useApp(measuredOf);
  const steps = useApp((state) => state.run?.report.steps ?? state.experiment.train.steps);
  const picture = useMemo(() => lossPicture(records, loss, look), [records, loss, look]);
  const columns = useMemo(() => columnsIn(unit, loss?.unit ?? 'nats'), [unit, loss]);
  return (
    <StreamCard
      title="Loss"
      className={styles['loss']}
      summary={lossSummary(records, steps, loss, measured)}
      chartLabel={`Chart of the loss in ${unitOf(loss)}.`}
      xLabel={axisLabel(look.axis, unit)}
      picture={picture}
      records={records}
      columns={columns}
      controls={<LossControls look={look} onLook={onLook} />}
      figures={<Figures records={records} loss={loss} measured={measured} />}
    />
  );
}

/** `unit`: what examples are counted in; `inLoss`: what the loss is. */
const columnsIn = (unit: string, inLoss: string): readonly Column<TrainRecord>[] => [
  { title: `training, ${inLoss}`, value: ({ loss }) => formatLoss(loss) },
  {
    title: `validation, ${inLoss}`,
    value: ({ validation }) => formatLoss(validation),
  },
  {
    title: 'learning rate',
    value: ({ learningRate }) => formatResidual(learningRate),
  },
  { title: unit, value: ({ examples }) => examples },
];

/** The loss said in other ways, where there are any. */
function Figures(props: {
  readonly records: Records;
  readonly loss: Metric | undefined;
  readonly measured: string;
}) {
  const { records, loss, measured } = props;
  const newest = newestLoss(records, measured);
  const readings = loss?.readings ?? [];
  return (
    <div className={styles['figures']}>
      {readings.map(({ title, help, convert }) => (
        <Readout
          key={title}
          label={title}
          title={help.replace('{of}', newest.of)}
          value={
            newest.loss === undefined
              ? '—'
              : convert === 'exp'
                ? formatPerplexity(Math.exp(newest.loss))
                : (newest.loss * convert[newest.part]).toFixed(2)
          }
        />
      ))}
    </div>
  );
}

/** `nats a token`. */
const unitOf = (loss: Metric | undefined): string =>
  loss ? [loss.unit, ...(loss.per ? [`a ${loss.per}`] : [])].join(' ') : 'nats';

const formatPerplexity = (value: number): string =>
  value < 1000 ? String(Number(value.toPrecision(3))) : formatResidual(value);
