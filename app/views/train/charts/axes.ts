import type { TrainRecord } from '../../../../src/engine/protocol.ts';
import { formatClock, formatCompact } from '../trainFormat.ts';

/** What the horizontal axis of the training charts counts. */
export type TrainAxis = 'steps' | 'tokens' | 'time' | 'evaluations';

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
  steps: { label: 'steps', of: ({ step }) => step, format: formatCompact },
  tokens: { label: 'tokens', of: ({ tokens }) => tokens, format: formatCompact },
  time: { label: 'of training time', of: ({ seconds }) => seconds, format: formatClock },
  evaluations: {
    label: 'evaluations of f, forward and backward',
    of: ({ evaluations }) => evaluations,
    format: formatCompact,
  },
};
