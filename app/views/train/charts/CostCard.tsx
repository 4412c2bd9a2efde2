import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import type { TrainRecord } from '../../../../src/engine/protocol.ts';
import { formatExact, formatPeak, formatResidual } from '../../../format.ts';
import { useApp } from '../../../store/context.ts';
import { Readout } from '../../../ui/Readout.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { costSummary } from '../trainWords.ts';
import { trainAxes, type TrainAxis } from './axes.ts';
import styles from './charts.module.css';
import { costPicture, type CostMetric } from './stepPictures.ts';
import { StreamCard } from './StreamCard.tsx';
import type { Records } from './useRecords.ts';

/** What a step costs in time and memory, and how long its gradient is. */
export function CostCard({
  records,
  axis,
}: {
  readonly records: Records;
  readonly axis: TrainAxis;
}) {
  const [metric, setMetric] = useState<CostMetric>('time');
  const train = useApp((state) => (state.run?.applied ?? state.experiment).train);
  const picture = useMemo(
    () => costPicture(records, metric, axis, train),
    [records, metric, axis, train],
  );
  return (
    <StreamCard
      title="Throughput & gradient"
      className={clsx(styles['half'], styles['cost'])}
      summary={costSummary(records)}
      chartLabel={`Chart of ${labels[metric]}.`}
      xLabel={trainAxes[axis].label}
      picture={picture}
      records={records}
      columns={columns}
      figures={<Figures records={records} />}
      controls={
        <Segmented
          label="Cost shown"
          value={metric}
          onChange={setMetric}
          options={[
            { value: 'time', label: 'ms', title: labels.time },
            { value: 'gradient', label: 'norm', title: labels.gradient },
            { value: 'memory', label: 'MB', title: labels.memory },
          ]}
        />
      }
    />
  );
}

const labels: Readonly<Record<CostMetric, string>> = {
  time: 'the wall time of a step',
  gradient: 'the norm of the whole gradient before clipping',
  memory: 'the peak memory of a step in MB',
};

const columns = [
  { title: 'ms', value: ({ milliseconds }: TrainRecord) => milliseconds.toFixed(1) },
  { title: 'gradient norm', value: ({ gradientNorm }: TrainRecord) => formatExact(gradientNorm) },
  { title: 'peak', value: ({ peakBytes }: TrainRecord) => formatPeak(peakBytes) },
] as const;

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
