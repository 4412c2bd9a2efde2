/** What the loss chart draws, from records alone. */
import type { CorpusReport, TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { decimate, pointsOf } from '../../../charts/stream/points.ts';
import { debiasedAverage } from '../../../charts/stream/smoothing.ts';
import type { StreamLine, StreamPicture } from '../../../charts/stream/streamTypes.ts';
import { formatPower } from '../../../format.ts';
import { formatLoss } from '../trainFormat.ts';
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

/** Loss over training, beside guessing evenly and guessing by frequency. */
export function lossPicture(
  records: Records,
  corpus: CorpusReport | null,
  { axis, log, smoothing }: LossLook,
): StreamPicture {
  const { of, format } = trainAxes[axis];
  const twins = records.twin.length > 0;
  const network = (name: 'deq' | 'twin'): StreamLine[] => {
    const usable = fine(records[name]);
    const raw = pointsOf(usable, of, ({ loss }) => loss);
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
        points: pointsOf(usable, of, ({ validation }) => validation),
      },
    ];
  };
  return {
    lines: [...network('deq'), ...(twins ? network('twin') : [])],
    references: corpus
      ? [
          {
            value: corpus.uniform,
            label: `ln V ${formatLoss(corpus.uniform)}, uniform`,
            dash: [2, 3],
          },
          {
            value: corpus.unigram,
            label: `${formatLoss(corpus.unigram)}, unigram entropy`,
            dash: [8, 3],
          },
        ]
      : [],
    marks: [...records.deq, ...records.twin].filter(({ status }) => status !== 'ok').map(of),
    log,
    formatX: format,
    formatY: log ? formatPower : (value) => value.toFixed(2),
  };
}
