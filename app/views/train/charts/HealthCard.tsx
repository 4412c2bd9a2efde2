import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import type { TrainRecord } from '../../../../src/engine/protocol.ts';
import { formatExact } from '../../../format.ts';
import { useApp } from '../../../store/context.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { formatShare } from '../trainFormat.ts';
import { healthSummary, limitShare } from '../trainWords.ts';
import { trainAxes, type TrainAxis } from './axes.ts';
import styles from './charts.module.css';
import { healthPicture, type HealthMetric } from './stepPictures.ts';
import { StreamCard } from './StreamCard.tsx';
import type { Records } from './useRecords.ts';

/** From this share on, too many steps learn from a point that is no fixed point. */
const TOO_OFTEN = 0.1;

/** How the solves inside the steps go. */
export function HealthCard({
  records,
  axis,
}: {
  readonly records: Records;
  readonly axis: TrainAxis;
}) {
  const [metric, setMetric] = useState<HealthMetric>('evaluations');
  const train = useApp((state) => (state.run?.applied ?? state.experiment).train);
  const picture = useMemo(
    () => healthPicture(records, metric, axis, train),
    [records, metric, axis, train],
  );
  return (
    <StreamCard
      title="Solver health"
      className={styles['half']}
      summary={healthSummary(records)}
      chartLabel={`Chart of ${labels[metric]}.`}
      xLabel={trainAxes[axis].label}
      picture={picture}
      records={records}
      columns={columns}
      figures={<LimitBadge records={records} />}
      controls={
        <Segmented
          label="Solver number shown"
          value={metric}
          onChange={setMetric}
          options={[
            { value: 'evaluations', label: 'Evals', title: labels.evaluations },
            { value: 'residual', label: 'Residual', title: labels.residual },
            { value: 'radius', label: 'ρ', title: labels.radius },
          ]}
        />
      }
    />
  );
}

const labels: Readonly<Record<HealthMetric, string>> = {
  evaluations: 'evaluations of f a step, forward and backward',
  residual: 'the relative residual the solves stop at',
  radius: 'the spectral radius of the layer at the fixed point',
};

const columns = [
  { title: 'forward', value: (record: TrainRecord) => String(record.forwardEvaluations) },
  { title: 'backward', value: (record: TrainRecord) => String(record.backwardEvaluations) },
  { title: 'residual', value: ({ residual }: TrainRecord) => exact(residual) },
  { title: 'adjoint residual', value: (record: TrainRecord) => exact(record.adjointResidual) },
  {
    title: 'ρ',
    value: ({ spectralRadius }: TrainRecord) => spectralRadius?.radius.toFixed(3) ?? '',
  },
  { title: 'ended', value: ({ forwardStatus }: TrainRecord) => forwardStatus ?? 'explicit' },
] as const;

const exact = (value: number | undefined): string =>
  value === undefined ? '' : formatExact(value);

function LimitBadge({ records }: { readonly records: Records }) {
  const share = limitShare(records.deq);
  if (share === null) return null;
  const often = share > TOO_OFTEN;
  return (
    <p className={clsx(styles['badge'], often && styles['amber'])}>
      {share === 0 ? 'No step' : `${formatShare(share)} of steps`} hit the limit
      {often && ': their gradients are inexact. Raise the solve limit or add a Jacobian penalty'}
    </p>
  );
}
