import { choice, decades, int } from '../../schema/field.ts';
import type { KindSettings, OptionFields } from '../kind.ts';
import { newtonEvents } from '../newton/settings.ts';
import type { ProductsBy } from '../productSettings.ts';

/** Options of Newton–GMRES. */
export interface NewtonGmresOptions {
  /** Products with J for each step at most. */
  readonly krylov: number;
  /** Relative residual of the linear system at which a step is good enough. */
  readonly krylovTolerance: number;
  /** How J v is made where f is not affine. */
  readonly products: Exclude<ProductsBy, 'linear'>;
}

/** Newton–GMRES for the page. */
export const newtonGmresSettings = {
  id: 'newton-gmres',
  title: 'Newton–GMRES',
  help: 'Newton’s method whose linear system is solved only well enough, by a few products with the Jacobian and no matrix.',
  options: {
    krylov: int({
      label: 'Krylov vectors',
      symbol: 'm',
      unit: 'products',
      help: 'Products J v that GMRES makes for one step at most; it keeps a vector for each.',
      default: 10,
      min: 1,
      max: 60,
    }),
    krylovTolerance: decades({
      label: 'Inner tolerance',
      symbol: 'η',
      help: 'GMRES is content when the linear system’s residual is this small beside its right side. Newton’s rate is then no better than that.',
      default: 1e-3,
      min: 1e-6,
      max: 0.1,
      advanced: true,
    }),
    products: choice({
      label: 'Products J v',
      help: 'Exact: the backward pass of the backward pass. Difference: f at two points nearby, which costs two evaluations and is good to about 1e-4; taken in any case where the kernels have no second derivative.',
      default: 'pullback',
      labels: { pullback: 'exact', difference: 'difference' },
      advanced: true,
    }),
  } satisfies OptionFields<NewtonGmresOptions>,
  main: 'krylov',
  adjoint: {
    options: {
      krylov: int({
        label: 'Adjoint Krylov',
        symbol: 'm',
        unit: 'products',
        help: 'Products Jᵀu that GMRES makes before it starts again from where it is; the adjoint equation is linear, so with enough of them one step is the answer.',
        default: 20,
        min: 1,
        max: 60,
      }),
    },
    fixed: { krylovTolerance: 1e-5, products: 'pullback' },
  },
  events: {
    ...newtonEvents,
    'products-by-difference': {
      words: 'Products J v by differences: the kernels have no second derivative',
      short: 'differences',
      mark: 'M-6 3H0V-3H6',
    },
  },
  quiet:
    'None so far. A singular system, or products that had to be differences, would be listed here.',
  reading:
    'Newton–GMRES falls by about its inner tolerance at every step: steep, and not quite the cliff of Newton itself. Each step costs as many products as GMRES needs.',
  next: 'broyden',
  lanes: [],
  conventions: {},
  memory: {
    storedStates: () => 2,
    // The Krylov space, which never has more dimensions than the batch has numbers.
    reference: (
      // An adjoint's options leave out what is fixed.
      {
        krylov,
        products = 'pullback',
      }: Pick<NewtonGmresOptions, 'krylov'> & Partial<NewtonGmresOptions>,
      _,
      { samples, numbers, affine = false },
    ) => ({
      kept: { states: 3, numbers: 0 },
      working: { states: Math.min(krylov, samples * numbers) + (affine ? 3 : 6), numbers: 0 },
      ...(affine ? {} : { products }),
    }),
    fullAt: () => null,
  },
} as const satisfies KindSettings;
