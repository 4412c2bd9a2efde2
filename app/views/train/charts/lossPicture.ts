/** What the loss chart draws, from records alone. */
import type { Metric, TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { decimate, pointsOf } from '../../../charts/stream/points.ts';
import { debiasedAverage } from '../../../charts/stream/smoothing.ts';
import type { StreamLine, StreamPicture } from '../../../charts/stream/streamTypes.ts';
import { formatPower } from '../../../format.ts';
import { formatMetric } from '../trainFormat.ts';
import { firstImplicit } from '../trainWords.ts';
import { trainAxes, type TrainAxis } from './axes.ts';
import type { Records } from './useRecords.ts';

/** How the loss chart is looked at. */
export interface LossLook {
  readonly axis: TrainAxis;
  readonly log: boolean;
  readonly smoothing: number;
}

/** Looks of the lines; the twin has dashes of its own. */
export const styles = {
  deq: { colour: '--series-1', dash: [], width: 2 },
  second: { colour: '--series-2', dash: [6, 3], width: 2 },
  twin: { colour: '--series-4', dash: [8, 3, 2, 3], width: 2 },
  twinSecond: { colour: '--series-5', dash: [10, 4], width: 2 },
} as const;

/** A step that made no update says nothing about the curve; a mark stands for it. */
export const fine = (records: readonly TrainRecord[]): readonly TrainRecord[] =>
  records.at(-1)?.status === 'ok' ? records : records.filter(({ status }) => status === 'ok');

/** Numbers of a record that a curve is drawn of: of the batch, and of what is held out. */
interface Curve {
  readonly training: (record: TrainRecord) => number | undefined;
  readonly validation: (record: TrainRecord) => number | undefined;
}

/** Loss over training, beside what costs nothing to reach. */
export const lossPicture = (
  records: Records,
  loss: Metric | undefined,
  look: LossLook,
): StreamPicture =>
  curvesOf(records, loss, look, {
    training: (record) => record.loss,
    validation: (record) => record.validation,
  });

/** Another number of the task over training; always on a linear axis. */
export const metricPicture = (records: Records, metric: Metric, look: LossLook): StreamPicture => ({
  ...curvesOf(
    records,
    metric,
    { ...look, log: false },
    {
      training: ({ metrics }) => metrics?.[metric.name],
      validation: ({ heldOut }) => heldOut?.[metric.name],
    },
  ),
  formatY: (value) =>
    metric.unit === ''
      ? `${Number((100 * value).toFixed(1))} %`
      : String(Number(value.toPrecision(3))),
});

function curvesOf(
  records: Records,
  metric: Metric | undefined,
  { axis, log, smoothing }: LossLook,
  { training, validation }: Curve,
): StreamPicture {
  const { of, format } = trainAxes[axis];
  const twins = records.twin.length > 0;
  const network = (name: 'deq' | 'twin'): StreamLine[] => {
    const usable = fine(records[name]);
    const raw = pointsOf(usable, of, training);
    const smooth = { x: raw.x, y: debiasedAverage(raw.y, smoothing) };
    const prefix = twins ? (name === 'deq' ? 'DEQ ' : 'twin ') : '';
    const look = styles[name];
    return [
      {
        ...look,
        dash: [],
        width: 1,
        opacity: 0.28,
        label: `${prefix}each step`,
        points: decimate(raw),
      },
      { ...look, label: `${prefix}training, smoothed`, points: decimate(smooth) },
      {
        ...styles[name === 'deq' ? 'second' : 'twinSecond'],
        label: `${prefix}validation`,
        dots: true,
        points: pointsOf(usable, of, validation),
      },
    ];
  };
  return {
    lines: [...network('deq'), ...(twins ? network('twin') : [])],
    references: metric ? referencesOf(metric) : [],
    turn: turnOf(records, of),
    marks: [...records.deq, ...records.twin].filter(({ status }) => status !== 'ok').map(of),
    log,
    formatX: format,
    formatY: log ? formatPower : (value) => value.toFixed(2),
  };
}

/** Where the DEQ’s explicit first steps give way to solves, if they have. */
function turnOf(records: Records, of: (record: TrainRecord) => number): StreamPicture['turn'] {
  const first = firstImplicit(records);
  return first && { at: of(first), label: 'solved from here' };
}

/** A line for each value that costs nothing to reach; the first is that of guessing. */
const referencesOf = ({ baselines, unit }: Metric): StreamPicture['references'] =>
  baselines.map(({ title, symbol, value }, index) => ({
    value,
    label: symbol
      ? `${symbol} ${formatMetric(value, unit)}, ${title}`
      : `${formatMetric(value, unit)}, ${title}`,
    dash: index === 0 ? [2, 3] : [8, 3],
  }));
