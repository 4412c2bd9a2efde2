import type { KindSettings, OptionFields } from '../kind.ts';
import { dampingField } from '../picard/settings.ts';

/** Options of dense Broyden. */
export interface BroydenDenseOptions {
  /** α in (0, 1]: each step is α times the one that B proposes. */
  readonly damping: number;
}

/** Dense Broyden for the page. */
export const broydenDenseSettings = {
  id: 'broyden-dense',
  title: 'dense Broyden',
  help: 'Broyden’s method as textbooks have it: the inverse Jacobian B of the whole batch as one matrix, corrected at every step.',
  options: { damping: dampingField } satisfies OptionFields<BroydenDenseOptions>,
  main: 'damping',
  adjoint: { options: {}, fixed: { damping: 1 } },
  events: {
    'update-skipped': {
      words: 'The update’s denominator vanished: B stays as it is',
      short: 'B kept',
      mark: 'M-6 0H6',
    },
  },
  quiet: 'None so far. An update of B that had to be left out would be listed here.',
  reading:
    'Dense Broyden corrects the whole inverse Jacobian, so nothing is forgotten. The line bends down as B comes closer to the truth.',
  next: 'newton',
  lanes: [],
  conventions: {},
  needs: {
    batchAtMost: 512,
    why: 'It keeps a matrix with a row for every number of the batch. Take Broyden, which keeps only its newest corrections.',
  },
  memory: {
    // The matrix has as many rows as all samples have numbers, each as long as the batch.
    storedStates: (_, __, { samples, numbers }) => 2 + samples * numbers,
    reference: (_, __, { samples, numbers }) => ({
      kept: { states: 3 + samples * numbers, numbers: 0 },
      // The correction, the sum, what is chosen of both, and which it is in a byte each; vectors beside them.
      working: { states: 22 + 3.25 * samples * numbers, numbers: 0 },
    }),
    fullAt: () => 1,
  },
} as const satisfies KindSettings;
