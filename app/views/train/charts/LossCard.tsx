import { useMemo } from 'react';
import type { TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { formatResidual } from '../../../format.ts';
import { useApp } from '../../../store/context.ts';
import type { Column } from '../../../ui/DataTable.tsx';
import { Readout } from '../../../ui/Readout.tsx';
import { bitsPerCharacter, formatLoss, perplexity } from '../trainFormat.ts';
import { lossSummary, newestLoss } from '../trainWords.ts';
import { trainAxes } from './axes.ts';
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
  // While a run is on screen its own text counts, not what is being edited beside it.
  const corpus = useApp((state) => state.run?.report.corpus ?? state.corpus.report);
  const steps = useApp((state) => state.run?.report.steps ?? state.experiment.train.steps);
  const picture = useMemo(() => lossPicture(records, corpus, look), [records, corpus, look]);
  return (
    <StreamCard
      title="Loss"
      className={styles['loss']}
      summary={lossSummary(records, steps, corpus)}
      chartLabel="Chart of the loss in nats a token."
      xLabel={trainAxes[look.axis].label}
      picture={picture}
      records={records}
      columns={columns}
      controls={<LossControls look={look} onLook={onLook} />}
      figures={<Figures records={records} />}
    />
  );
}

const columns: readonly Column<TrainRecord>[] = [
  { title: 'training, nats', value: ({ loss }) => formatLoss(loss) },
  {
    title: 'validation, nats',
    value: ({ validation }) => formatLoss(validation),
  },
  {
    title: 'learning rate',
    value: ({ learningRate }) => formatResidual(learningRate),
  },
  { title: 'tokens', value: ({ examples }) => examples },
];

/** The loss in units that mean something by themselves. */
function Figures({ records }: { readonly records: Records }) {
  const corpus = useApp((state) => state.run?.report.corpus);
  const { loss, perToken, of } = newestLoss(records, corpus);
  return (
    <div className={styles['figures']}>
      <Readout
        label="perplexity"
        title={`e to the loss ${of}: between how many tokens it hesitates`}
        value={loss === undefined ? '—' : formatPerplexity(perplexity(loss))}
      />
      <Readout
        label="bits per character"
        title={`The loss ${of} in bits for each character of that text: comparable across tokenizers`}
        value={
          loss === undefined || perToken === undefined
            ? '—'
            : bitsPerCharacter(loss, perToken).toFixed(2)
        }
      />
    </div>
  );
}

const formatPerplexity = (value: number): string =>
  value < 1000 ? String(Number(value.toPrecision(3))) : formatResidual(value);
