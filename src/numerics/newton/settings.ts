import type { KindSettings } from '../kind.ts';
import { productsTogether } from '../productSettings.ts';

/** What Newton's methods can say. */
export const newtonEvents = {
  'singular-jacobian': {
    words: 'I − J was singular: a plain Picard step instead',
    short: 'singular',
    mark: 'M-5-5L5 5M5-5L-5 5M-6 0H6',
  },
} as const;

/** Newton's method for the page. */
export const newtonSettings = {
  id: 'newton',
  title: 'Newton',
  help: 'Solves (I − J) d = f(z) − z with the whole Jacobian J of each sample, and steps by d.',
  options: {},
  main: null,
  adjoint: { options: {}, fixed: {} },
  events: newtonEvents,
  quiet: 'None so far. A singular I − J would be listed here.',
  reading:
    'Newton squares its error at every step once it is near: the line falls off a cliff, down to float32’s floor. Far away it may jump anywhere. Each step costs as many backward passes as a sample has numbers.',
  next: 'newton-gmres',
  lanes: [],
  conventions: {},
  needs: {
    stateAtMost: 512,
    why: 'It factors a matrix with a row for every number of a sample’s state. Take Newton–GMRES, which needs products with J only.',
  },
  memory: {
    storedStates: () => 2,
    // The matrices are the host's; the device holds the products that are read together, and stacked. Of states of few
    // numbers those are fewer than what the new point is measured with.
    reference: (_, __, { numbers, affine = false }) => ({
      kept: { states: 3, numbers: 0 },
      working: { states: Math.max(9, 2 * Math.min(productsTogether, numbers) - 1), numbers: 0 },
      ...(affine ? {} : { products: 'rows' }),
    }),
    fullAt: () => null,
  },
} as const satisfies KindSettings;
