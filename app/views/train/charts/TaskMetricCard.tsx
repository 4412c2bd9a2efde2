import { useMemo } from 'react';
import type { Metric, TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { capital, formatCount } from '../../../format.ts';
import { useApp } from '../../../store/context.ts';
import { learnsOf, measuredOf } from '../../../store/train/trainText.ts';
import type { Column } from '../../../ui/DataTable.tsx';
import { formatMetric } from '../trainFormat.ts';
import { axisLabel } from './axes.ts';
import styles from './charts.module.css';
import { metricPicture, type LossLook } from './lossPicture.ts';
import { StreamCard } from './StreamCard.tsx';
import type { Records } from './useRecords.ts';

/** A number of the task beside its loss, such as accuracy: of each batch, and on what is held out. */
export function TaskMetricCard(props: {
  readonly metric: Metric;
  readonly records: Records;
  readonly look: LossLook;
}) {
  const { metric, records, look } = props;
  const { unit } = useApp(learnsOf);
  const measured = useApp(measuredOf);
  const picture = useMemo(() => metricPicture(records, metric, look), [records, metric, look]);
  const columns = useMemo(() => columnsOf(metric), [metric]);
  return (
    <StreamCard
      title={metric.title}
      className={styles['half']}
      summary={metricSentence(metric, records, measured)}
      chartLabel={chartLabel(metric)}
      xLabel={axisLabel(look.axis, unit)}
      picture={picture}
      records={records}
      columns={columns}
    />
  );
}

const columnsOf = ({ name, unit }: Metric): readonly Column<TrainRecord>[] => [
  { title: 'training', value: ({ metrics }) => formatMetric(metrics?.[name], unit) },
  { title: 'validation', value: ({ heldOut }) => formatMetric(heldOut?.[name], unit) },
];

/** A value with its unit, where it has one of its own: an IoU is no number of IoUs. */
const inUnits = (value: number | undefined, { unit, title }: Metric): string =>
  [formatMetric(value, unit), unit === title ? '' : unit].filter(Boolean).join(' ');

const chartLabel = ({ title, unit }: Metric): string =>
  `Chart of ${unit === '' ? `${title.toLowerCase()} in percent` : unit === title ? title : `${title} in ${unit}`}.`;

/** Where the metric stands, in a sentence. */
function metricSentence(metric: Metric, { deq }: Records, measured: string): string {
  const { name, title, baselines } = metric;
  const [guess] = baselines;
  const beside = guess ? ` ${capital(guess.title)} reaches ${inUnits(guess.value, metric)}.` : '';
  const held = deq.findLast(({ heldOut }) => heldOut?.[name] !== undefined);
  if (held)
    return `${title} on ${measured} after ${formatCount(held.step)} steps: ${inUnits(held.heldOut?.[name], metric)}.${beside}`;
  const newest = deq.at(-1)?.metrics?.[name];
  return newest === undefined
    ? `${title} shows with the first step.${beside}`
    : `${title} of the newest batch: ${inUnits(newest, metric)}.${beside}`;
}
