import type { TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { formatClock, formatCompact } from '../trainFormat.ts';

/** What the horizontal axis of the training charts counts. */
export type TrainAxis = 'steps' | 'examples' | 'time' | 'evaluations';

/** Half a step is none: a short run's axis has no label there. */
const formatWhole = (value: number): string =>
  Number.isInteger(value) ? formatCompact(value) : '';

/** How each is read off a record and shown. */
export const trainAxes: Readonly<
  Record<
    TrainAxis,
    {
      readonly label: string;
      readonly of: (record: TrainRecord) => number;
      readonly format: (value: number) => string;
    }
  >
> = {
  steps: { label: 'steps', of: ({ step }) => step, format: formatWhole },
  /** In the family's own unit, which stands in for the label. */
  examples: { label: 'examples', of: ({ examples }) => examples, format: formatWhole },
  time: { label: 'of training time', of: ({ seconds }) => seconds, format: formatClock },
  evaluations: {
    label: 'evaluations of f, forward and backward',
    of: ({ evaluations }) => evaluations,
    format: formatWhole,
  },
};

/** Name of an axis for a family that counts its examples in `unit`. */
export const axisLabel = (axis: TrainAxis, unit: string): string =>
  axis === 'examples' ? unit : trainAxes[axis].label;
