/** What the charts of single steps draw, from records alone. */
import type { Settings } from '../../../../src/schema/fields.ts';
import type { TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { decimate, pointsOf } from '../../../charts/stream/points.ts';
import type { StreamLine, StreamPicture } from '../../../charts/stream/streamTypes.ts';
import { formatMilliseconds, formatPower } from '../../../format.ts';
import { trainAxes, type TrainAxis } from './axes.ts';
import { fine, styles } from './lossPicture.ts';
import type { Records } from './useRecords.ts';

/** Which of the solver's numbers is drawn. */
type HealthMetric = 'evaluations' | 'residual' | 'radius';

/** How the solves inside the steps go; this is where training an equilibrium model fails first. */
export function healthPicture(
  { deq }: Records,
  metric: HealthMetric,
  axis: TrainAxis,
  train: Pick<Settings['train'], 'tolerance'>,
): StreamPicture {
  const { of, format } = trainAxes[axis];
  const usable = fine(deq);
  const line = (
    label: string,
    style: keyof typeof styles,
    value: (record: TrainRecord) => number | undefined,
    dots = false,
  ): StreamLine => ({
    ...styles[style],
    width: 1.4,
    label,
    dots,
    points: decimate(pointsOf(usable, of, value)),
  });
  const common = { marks: [], formatX: format };
  switch (metric) {
    case 'evaluations':
      return {
        ...common,
        log: false,
        lines: [
          line('forward', 'deq', ({ forwardEvaluations }) => forwardEvaluations),
          line('backward', 'second', ({ backwardEvaluations }) => backwardEvaluations),
          // Of held-out solves: what a start saves shows between the two.
          ...(deq.some(({ start }) => start)
            ? [
                line('held out, from zeros', 'twin', ({ start }) => start?.fromZeros, true),
                line('held out, from z₀', 'twinSecond', ({ start }) => start?.evaluations, true),
              ]
            : []),
        ],
        references: [{ value: 0, label: '', dash: [] }],
        formatY: (value) => String(Number(value.toPrecision(3))),
      };
    case 'residual':
      return {
        ...common,
        log: true,
        lines: [
          line('forward', 'deq', ({ residual }) => positive(residual)),
          line('adjoint', 'second', ({ adjointResidual }) => positive(adjointResidual)),
        ],
        references: [
          {
            value: train.tolerance,
            label: `tolerance ${formatPower(train.tolerance)}`,
            dash: [2, 3],
          },
        ],
        formatY: formatPower,
      };
    case 'radius':
      return {
        ...common,
        log: false,
        lines: [
          line('spectral radius ρ', 'deq', ({ spectralRadius }) => spectralRadius?.radius, true),
        ],
        references: [{ value: 1, label: 'ρ = 1', dash: [2, 3] }],
        formatY: (value) => value.toFixed(2),
      };
  }
}

/** Which of a step's costs is drawn. */
type CostMetric = 'time' | 'gradient' | 'memory';

/** What a step costs and how far it would move the parameters, of both networks. */
export function costPicture(
  records: Records,
  metric: CostMetric,
  axis: TrainAxis,
  { clip }: Pick<Settings['train'], 'clip'>,
): StreamPicture {
  const { of, format } = trainAxes[axis];
  const { value, formatY } = costs[metric];
  const line = (name: 'deq' | 'twin'): StreamLine => ({
    ...styles[name],
    width: 1.4,
    label: name === 'deq' ? 'DEQ' : 'twin',
    points: decimate(pointsOf(fine(records[name]), of, value)),
  });
  const log = metric === 'gradient';
  const clipped = { value: clip, label: `clipped to ${String(clip)}`, dash: [2, 3] };
  return {
    lines: [line('deq'), ...(records.twin.length > 0 ? [line('twin')] : [])],
    references: log ? (clip > 0 ? [clipped] : []) : [{ value: 0, label: '', dash: [] }],
    marks: [],
    log,
    formatX: format,
    formatY,
  };
}

const costs = {
  time: {
    value: ({ milliseconds }: TrainRecord) => milliseconds,
    formatY: formatMilliseconds,
  },
  gradient: {
    value: ({ gradientNorm }: TrainRecord) => positive(gradientNorm),
    formatY: formatPower,
  },
  memory: {
    value: ({ peakBytes }: TrainRecord) => peakBytes / 1e6,
    formatY: (value: number) => `${String(Number(value.toPrecision(3)))} MB`,
  },
} as const;

/** What a log axis can show. */
const positive = (value: number | undefined): number | undefined =>
  value === undefined || value > 0 ? value : 1e-16;
