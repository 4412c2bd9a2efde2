import { flag, int } from '../../schema/field.ts';
import { parts } from '../fused/settings.ts';
import type { KindSettings, OptionFields } from '../kind.ts';

/** Options of Broyden's method. */
export interface BroydenOptions {
  /** t: rank-one pairs kept at most; the oldest goes first. */
  readonly rank: number;
  /** Armijo line search along each step. */
  readonly lineSearch: boolean;
}

/** Pairs whose products one thread of the kernels makes: what they are multiplied with is read once. */
export const pairsAtOnce = 4;

/** Pairs kept after `made` evaluations: the first takes two. */
const pairs = ({ rank }: BroydenOptions, made: number): number =>
  Math.min(rank, Math.max(0, made - 1));

/** What a line search can say, for every method that has one. */
export const lineSearchEvents = {
  // It may do its ordinary work at every step.
  'line-search': { words: 'Line search shortened the step', short: null, mark: 'M-6-4H6L0 6Z' },
  'line-search-failed': {
    short: 'fallback',
    words: 'Line search found no better point: the full step was taken',
    mark: 'M-6-4H6L0 6ZM-6 7H6',
  },
} as const;

/** The switch of a line search, for every method that has one. */
export const lineSearchField = flag({
  label: 'Line search',
  help: 'Armijo backtracking on ‖f(z) − z‖²; extra evaluations only where the full step fails.',
  default: false,
  advanced: true,
});

/** Broyden's method with limited memory, for the page. */
export const broydenSettings = {
  id: 'broyden',
  title: 'Broyden',
  help: 'Learns an inverse Jacobian from its own steps.',
  options: {
    rank: int({
      label: 'Rank limit',
      symbol: 't',
      unit: 'pairs',
      help: 'Rank-one pairs Broyden keeps; past the limit the oldest is dropped, which saves memory and can cost convergence.',
      // With fewer, a transformer's solve often diverges once the oldest pair is dropped.
      default: 30,
      min: 1,
      max: 200,
    }),
    lineSearch: lineSearchField,
  } satisfies OptionFields<BroydenOptions>,
  main: 'rank',
  adjoint: {
    options: {
      rank: int({
        label: 'Adjoint rank',
        symbol: 't',
        unit: 'pairs',
        help: 'Rank-one pairs Broyden keeps in the adjoint solve; past the limit the oldest is dropped. A tight tolerance needs more of them than a forward solve.',
        default: 60,
        min: 1,
        max: 200,
      }),
    },
    fixed: {},
  },
  events: {
    'rank-limit': {
      short: 'rank limit',
      words: 'Broyden’s rank limit reached: the oldest pair is dropped',
      mark: 'M-5-5H5V5H-5Z',
    },
    'vanishing-denominator': {
      short: 'fallback',
      words: 'The update’s denominator vanished: a plain Picard step instead',
      mark: 'M0-6V6M-6 0H6',
    },
    ...lineSearchEvents,
  },
  quiet: 'None so far. The rank limit, a fallback step or a line search would be listed here.',
  reading:
    'Broyden learns an inverse Jacobian from its own steps. The line bends down as it learns; plain iteration would be straight.',
  next: 'anderson',
  lanes: [{}],
  remedy: 'last-resort',
  learnsInverse: true,
  conventions: { torchdeq: { returns: 'lowest' } },
  memory: {
    storedStates: (options: BroydenOptions, made) => 2 + 2 * pairs(options, made),
    reference: (options: BroydenOptions, made) => {
      const kept = pairs(options, made);
      return {
        kept: { states: 2 * kept + 3, numbers: 0 },
        // A new pair is made of twenty states, and appended to copies. Past the limit the rows that stay are copied
        // before that.
        working: {
          states: made - 1 > options.rank ? 3 * kept + 22 : 2 * kept + 20,
          numbers: 4 * kept,
        },
      };
    },
    // Buffers of full capacity, and the sums of products, of so many pairs at once.
    fused: ({ rank, lineSearch }: BroydenOptions, made) => {
      const capacity = Math.min(rank, made);
      const groups = Math.max(1, Math.ceil(Math.min(rank, made - 2) / pairsAtOnce));
      return lineSearch
        ? null
        : {
            kept: { states: 2 * capacity + 5, numbers: 4 * (3 + capacity) },
            working: { states: 0, numbers: 4 * parts * (pairsAtOnce * groups + 3) },
          };
    },
    learntStates: (options: BroydenOptions, made) => 2 * pairs(options, made),
    fullAt: ({ rank }: BroydenOptions) => rank + 1,
    words: ({ rank }: BroydenOptions) => `rank ≤ ${rank}`,
  },
} as const satisfies KindSettings;
