import { choice, decades, int } from '../../schema/field.ts';
import { parts } from '../fused/settings.ts';
import type { KindSettings, OptionFields } from '../kind.ts';
import { dampingField } from '../picard/settings.ts';

/** Options of Anderson acceleration. */
export interface AndersonOptions {
  /** m: points mixed at most, the newest included. */
  readonly window: number;
  /** β in (0, 1]: the share of the mixed residuals in each step. */
  readonly damping: number;
  /** λ of the least-squares system. */
  readonly ridge: number;
  /** `relative`: λ times the mean diagonal of the Gram matrix. `absolute`: as torchdeq. */
  readonly ridgeMode: 'absolute' | 'relative';
}

/** Points mixed after `made` evaluations. */
const mixed = ({ window }: AndersonOptions, made: number): number => Math.min(window, made);

/** Anderson acceleration for the page. */
export const andersonSettings = {
  id: 'anderson',
  title: 'Anderson',
  help: 'Mixes the last few evaluations so that their residuals cancel.',
  options: {
    window: int({
      label: 'Window',
      symbol: 'm',
      unit: 'evaluations',
      help: 'How many of the last evaluations Anderson mixes.',
      default: 6,
      min: 1,
      max: 20,
    }),
    damping: dampingField,
    ridge: decades({
      label: 'Ridge',
      symbol: 'λ',
      help: 'Added to the diagonal of Anderson’s least-squares system.',
      default: 1e-4,
      min: 1e-10,
      max: 1,
      advanced: true,
    }),
    ridgeMode: choice({
      label: 'Ridge is',
      help: 'Relative multiplies λ by the mean diagonal of the Gram matrix; absolute adds it as it is.',
      default: 'relative',
      labels: { relative: 'relative', absolute: 'absolute' },
      advanced: true,
    }),
  } satisfies OptionFields<AndersonOptions>,
  main: 'window',
  // The libraries add an absolute 1e-4, whatever the residuals' size.
  underConvention: { ridge: 1e-4, ridgeMode: 'absolute' },
  adjoint: {
    options: {
      window: int({
        label: 'Adjoint history',
        symbol: 'm',
        help: 'How many of the last products Jᵀu Anderson mixes.',
        default: 6,
        min: 1,
        max: 20,
      }),
    },
    // The map is affine and its residuals span decades, so a ridge as large as a forward solve's would
    // slow it; one below the pivot floor (1e-6) would leave a history that spans the space singular.
    fixed: { ridge: 1e-5 },
  },
  events: {
    'window-full': {
      short: 'm full',
      words: 'Anderson’s window is full: the oldest evaluation makes room',
      mark: 'M0-6L6 0L0 6L-6 0Z',
    },
    'singular-system': {
      short: 'fallback',
      words: 'The mixing system was singular: a plain Picard step instead',
      mark: 'M-5-5L5 5M5-5L-5 5',
    },
  },
  quiet: 'None so far. A full window or a singular mixing system would be listed here.',
  reading:
    'Anderson mixes the last few evaluations so that their residuals cancel. A steeper line than Picard’s is what the mixing gains.',
  next: 'broyden',
  lanes: [{ damping: 1, window: 5 }],
  remedy: 'mixing',
  conventions: { deq: { floor: 1e-5 } },
  memory: {
    storedStates: (options: AndersonOptions, made) => 2 + 2 * mixed(options, made),
    // The history so far and the best point; to mix it, its residuals are stacked and scaled. The last evaluation
    // is made from one less, of a history that is not full.
    reference: (options: AndersonOptions, made) => {
      const [kept, stacked] = [mixed(options, made), mixed(options, made - 1)];
      return {
        kept: { states: 2 * kept + 1, numbers: 0 },
        working: {
          states: 2 * stacked + 2 - 2 * (kept - stacked),
          // Its systems, one for each sample: many samples of few numbers make them count.
          numbers: 15 * stacked ** 2 + 17 * stacked,
        },
      };
    },
    // Buffers of full capacity, and the sums of products, in vectors of four.
    fused: (options: AndersonOptions, made) => {
      const capacity = mixed(options, made);
      const systems = capacity ** 2 + capacity * (2 * capacity + 1);
      return {
        kept: { states: 2 * capacity + 3, numbers: systems + 4 * (2 + capacity) },
        working: { states: 0, numbers: 4 * parts * (capacity + 2) },
      };
    },
    fullAt: ({ window }: AndersonOptions) => window,
    words: ({ window }: AndersonOptions) => `m = ${window}`,
  },
} as const satisfies KindSettings;
