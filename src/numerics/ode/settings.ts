import { choice, decades } from '../../schema/field.ts';
import type { KindSettings, OptionFields } from '../kind.ts';

/** Names of the embedded Runge–Kutta pairs. */
export type TableauName = 'bs3' | 'tsit5';

/** Options of the adaptive flow. */
export interface OdeOptions {
  readonly tableau: TableauName;
  /** Error of a step, absolute and relative alike, that is let pass. */
  readonly errorTolerance: number;
  /** What an absolute error is measured in: 1, or each sample's first residual, whatever its size. */
  readonly errorUnit: 'one' | 'residual';
  /** h of the first step. */
  readonly firstStep: number;
}

/** The adaptive flow for the page. */
export const odeSettings = {
  id: 'ode',
  title: 'adaptive flow',
  help: 'Follows dz/dt = f(z) − z until it stands still, with steps as long as the error allows.',
  options: {
    tableau: choice({
      label: 'Scheme',
      help: 'The Runge–Kutta pair: Bogacki–Shampine makes 3 evaluations a step, Tsitouras 6 for a step of higher order.',
      default: 'tsit5',
      labels: { bs3: 'Bogacki–Shampine 3(2)', tsit5: 'Tsitouras 5(4)' },
    }),
    errorTolerance: decades({
      label: 'Step error',
      symbol: 'ε',
      help: 'Error that a step may make, absolute and relative. Near the steady state the steps are as long as they stay stable, and leave a residual of about this size: keep it a hundredth of the tolerance.',
      default: 1e-5,
      min: 1e-7,
      max: 1e-1,
    }),
    errorUnit: choice({
      label: 'Error unit',
      help: 'What an absolute error is measured in: 1, which suits states of about that size, or the first residual of each sample, which suits states of any.',
      default: 'one',
      labels: { one: '1', residual: 'first residual' },
      advanced: true,
    }),
    firstStep: decades({
      label: 'First step',
      symbol: 'h',
      help: 'Length of the first step; the error decides on all others.',
      default: 0.1,
      min: 1e-3,
      max: 10,
      advanced: true,
    }),
  } satisfies OptionFields<OdeOptions>,
  main: 'errorTolerance',
  // The adjoint is as small or large as ∂L/∂z, so an error is measured by that: its first residual. How large a step's
  // error may be follows from the tolerance.
  adjoint: { options: {}, fixed: { tableau: 'tsit5', errorUnit: 'residual', firstStep: 0.1 } },
  events: {
    'step-rejected': {
      words: 'A step’s error was too large: it was tried again, shorter',
      short: null,
      mark: 'M6-5L-2 0L6 5M-5-5V5',
    },
  },
  quiet: 'None so far. A step that was too long would be listed here.',
  reading:
    'The flow converges where every eigenvalue of J has a real part below 1, even where plain iteration swings ever wider. It follows the true path, so the line may rise before it falls.',
  next: 'anderson',
  lanes: [],
  conventions: {},
  memory: {
    storedStates: () => 2,
    // One slope for each stage; the new point, its error and what that is measured in.
    reference: ({ tableau }: OdeOptions) => ({
      kept: { states: 3, numbers: 0 },
      working: { states: (tableau === 'bs3' ? 4 : 7) + 16, numbers: 0 },
    }),
    fullAt: () => null,
  },
} as const satisfies KindSettings;
