import { clsx } from 'clsx';
import type { TrainRecord } from '../../../../src/engine/protocol.ts';
import { formatExact } from '../../../format.ts';
import type { Column } from '../../../ui/DataTable.tsx';
import { formatShare } from '../trainFormat.ts';
import { healthSummary, limitShare } from '../trainWords.ts';
import type { TrainAxis } from './axes.ts';
import styles from './charts.module.css';
import { MetricCard } from './MetricCard.tsx';
import { healthPicture } from './stepPictures.ts';
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
  return (
    <MetricCard
      title="Solver health"
      className={styles['half']}
      summary={healthSummary(records)}
      records={records}
      axis={axis}
      choice="Solver number shown"
      metrics={metrics}
      draw={healthPicture}
      columns={columns}
      figures={<LimitBadge records={records} />}
    />
  );
}

const metrics = [
  {
    value: 'evaluations',
    label: 'Evals',
    title: 'evaluations of f a step, forward and backward',
  },
  { value: 'residual', label: 'Residual', title: 'the relative residual the solves stop at' },
  { value: 'radius', label: 'ρ', title: 'the spectral radius of the layer at the fixed point' },
] as const;

const columns: readonly Column<TrainRecord>[] = [
  { title: 'forward', value: ({ forwardEvaluations }) => forwardEvaluations },
  { title: 'backward', value: ({ backwardEvaluations }) => backwardEvaluations },
  { title: 'residual', value: ({ residual }) => exact(residual) },
  { title: 'adjoint residual', value: ({ adjointResidual }) => exact(adjointResidual) },
  {
    title: 'ρ',
    value: ({ spectralRadius }) => spectralRadius?.radius.toFixed(3) ?? '',
  },
  { title: 'ended', value: ({ forwardStatus }) => forwardStatus ?? 'explicit' },
];

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
