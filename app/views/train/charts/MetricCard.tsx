import { useMemo, useState } from 'react';
import type { Settings } from '../../../../src/schema/fields.ts';
import type { StreamPicture } from '../../../charts/stream/streamTypes.ts';
import { useApp } from '../../../store/context.ts';
import { learnsOf } from '../../../store/train/trainText.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { axisLabel, type TrainAxis } from './axes.ts';
import { StreamCard, type StreamCardProps } from './StreamCard.tsx';
import type { Records } from './useRecords.ts';

/** One of the numbers of a step, as it is chosen. */
interface Metric<M extends string> {
  readonly value: M;
  readonly label: string;
  /** What it is, with its unit. */
  readonly title: string;
}

type Given = Omit<StreamCardProps, 'chartLabel' | 'xLabel' | 'picture' | 'controls'>;

/** A stream card on numbers of single steps, one at a time. */
export function MetricCard<M extends string>(
  props: Given & {
    readonly axis: TrainAxis;
    /** What is chosen between the metrics; the first is shown at first. */
    readonly choice: string;
    readonly metrics: readonly [Metric<M>, ...Metric<M>[]];
    readonly draw: (
      records: Records,
      metric: M,
      axis: TrainAxis,
      train: Settings['train'],
    ) => StreamPicture;
  },
) {
  const { axis, choice, metrics, draw, ...card } = props;
  const { records } = card;
  const [metric, setMetric] = useState(metrics[0].value);
  const train = useApp((state) => (state.run?.applied ?? state.experiment).train);
  const picture = useMemo(
    () => draw(records, metric, axis, train),
    [draw, records, metric, axis, train],
  );
  const drawn = metrics.find(({ value }) => value === metric)?.title ?? '';
  return (
    <StreamCard
      {...card}
      chartLabel={`Chart of ${drawn}.`}
      xLabel={axisLabel(axis, useApp(learnsOf).unit)}
      picture={picture}
      controls={<Segmented label={choice} value={metric} onChange={setMetric} options={metrics} />}
    />
  );
}
