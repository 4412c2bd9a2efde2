import { clsx } from 'clsx';
import type { TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { formatExact, formatPeak, formatResidual } from '../../../format.ts';
import type { Column } from '../../../ui/DataTable.tsx';
import { Readout } from '../../../ui/Readout.tsx';
import { costSummary } from '../trainWords.ts';
import type { TrainAxis } from './axes.ts';
import styles from './charts.module.css';
import { MetricCard } from './MetricCard.tsx';
import { costPicture } from './stepPictures.ts';
import type { Records } from './useRecords.ts';

/** What a step costs in time and memory, and how long its gradient is. */
export function CostCard({
  records,
  axis,
}: {
  readonly records: Records;
  readonly axis: TrainAxis;
}) {
  return (
    <MetricCard
      title="Throughput & gradient"
      className={clsx(styles['half'], styles['cost'])}
      summary={costSummary(records)}
      records={records}
      axis={axis}
      choice="Cost shown"
      metrics={metrics}
      draw={costPicture}
      columns={columns}
      figures={<Figures records={records} />}
    />
  );
}

const metrics = [
  { value: 'time', label: 'ms', title: 'the wall time of a step' },
  { value: 'gradient', label: 'norm', title: 'the norm of the whole gradient before clipping' },
  { value: 'memory', label: 'MB', title: 'the peak memory of a step in MB' },
] as const;

const columns: readonly Column<TrainRecord>[] = [
  { title: 'ms', value: ({ milliseconds }) => milliseconds.toFixed(1) },
  { title: 'gradient norm', value: ({ gradientNorm }) => formatExact(gradientNorm) },
  { title: 'peak', value: ({ peakBytes }) => formatPeak(peakBytes) },
];

function Figures({ records }: { readonly records: Records }) {
  const newest = records.deq.at(-1);
  const twin = records.twin.at(-1);
  return (
    <div className={styles['figures']}>
      <Readout
        label="gradient norm"
        title="Norm of the newest step’s gradient over all parameters, before clipping"
        value={newest ? formatResidual(newest.gradientNorm) : '—'}
      />
      <Readout
        label="peak memory"
        title="Peak bytes of the newest step"
        value={formatPeak(newest?.peakBytes)}
        {...(twin ? { suffix: ` · twin ${formatPeak(twin.peakBytes)}` } : {})}
      />
    </div>
  );
}
