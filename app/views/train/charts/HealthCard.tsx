import { clsx } from 'clsx';
import type { TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { formatExact, plural } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { gentlerTraining, isTreated, type Remedy } from '../../../store/train/remedies.ts';
import type { Column } from '../../../ui/DataTable.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import { formatShare } from '../trainFormat.ts';
import { healthSummary, limitShare, RECENT, remedyLabel, remedyWords } from '../trainWords.ts';
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
      columns={records.deq.some(({ start }) => start) ? [...columns, ...startColumns] : columns}
      figures={<Health records={records} />}
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

/** Of held-out solves, where they start elsewhere than at zeros. */
const startColumns: readonly Column<TrainRecord>[] = [
  { title: 'held out, from z₀', value: ({ start }) => start?.evaluations.toFixed(1) ?? '' },
  { title: 'held out, from zeros', value: ({ start }) => start?.fromZeros.toFixed(1) ?? '' },
];

const exact = (value: number | undefined): string =>
  value === undefined ? '' : formatExact(value);

/** So many steps any run may take to settle: random weights are hard to solve. */
const EARLY = 20;

/** How often solves stop short, and what can be done about it. */
function Health({ records }: { readonly records: Records }) {
  const limit = useApp((state) => (state.run?.applied ?? state.experiment).train.maxIterations);
  const share = limitShare(records.deq, limit);
  const hasRun = useApp((state) => state.run !== null);
  const treated = useApp((state) => remedies.some((remedy) => isTreated(state, remedy)));
  if (share === null) return null;
  const often = share > TOO_OFTEN && records.deq.length >= EARLY;
  return (
    <>
      <p className={clsx(styles['badge'], often && styles['amber'])}>
        {share === 0 ? 'None' : formatShare(share)} of the last{' '}
        {plural(Math.min(RECENT, records.deq.length), 'step')} hit a limit
        {often && ': their gradients are inexact'}
      </p>
      {hasRun && (often || treated) && <Remedies />}
    </>
  );
}

/** A button for each remedy; pressed again it takes back what it changed. */
function Remedies() {
  const { treat } = useAppStore().getState();
  const experiment = useApp((state) => state.experiment);
  const treatments = useApp((state) => state.treatments);
  const finished = useApp((state) => state.runPhase === 'finished');
  const when = finished ? 'To train again with' : 'From the next step on';
  return (
    <div role="group" aria-label={`Remedies. ${when}:`} className={styles['remedies']}>
      <span>{when}:</span>
      {remedies.map((remedy) => {
        const on = isTreated({ treatments, experiment }, remedy);
        const after = treatments[remedy]?.after ?? {};
        const given = on ? after : gentlerTraining(experiment, [remedy]);
        return (
          <Toggle
            key={remedy}
            pressed={on}
            title={on ? 'Press again to take it back' : remedyWords[remedy]}
            onChange={() => {
              treat(remedy);
            }}
          >
            {remedyLabel({ ...experiment.train, ...given }, remedy)}
          </Toggle>
        );
      })}
    </div>
  );
}

/** In the order in which they help. */
const remedies = ['jacobian', 'rate', 'limit'] as const satisfies readonly Remedy[];
