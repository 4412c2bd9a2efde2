import type { KindSettings } from './kind.ts';

/** A solver of locuslab/torchdeq's. */
export interface TorchdeqSolver {
  readonly solver: 'fixed_point_iter' | 'anderson' | 'broyden';
  /** Its own arguments. */
  readonly options: Readonly<Record<string, number | boolean>>;
  /** What it does otherwise than the kind here, a sentence each. */
  readonly differences: readonly string[];
}

type Bag = Readonly<Record<string, unknown>>;

/** Kinds that torchdeq has too, by settings of a forward or of an adjoint solve. */
const counterparts: Readonly<Record<string, (bag: Bag) => TorchdeqSolver>> = {
  picard: ({ damping = 1 }) => ({
    solver: 'fixed_point_iter',
    options: damping === 1 ? {} : { tau: Number(damping) },
    differences: damping === 1 ? [] : ['It measures the damped step, so it stops sooner.'],
  }),
  anderson: ({ window = 6, damping = 1, ridge = 1e-4, ridgeMode = 'relative' }) => ({
    solver: 'anderson',
    options: { m: Number(window), lam: Number(ridge), tau: Number(damping) },
    differences:
      ridgeMode === 'relative'
        ? ['Its lam is absolute, where the ridge here is relative: below about √lam it stalls.']
        : [],
  }),
  broyden: ({ rank = 10, lineSearch = false }) => ({
    solver: 'broyden',
    options: { LBFGS_thres: Number(rank), ls: lineSearch === true },
    differences: [],
  }),
};

/** A kind in torchdeq; where it has none of the kind, the method that manages most. */
export const torchdeqSolver = ({ id, title }: KindSettings, bag: object): TorchdeqSolver =>
  counterparts[id]?.(bag as Bag) ?? {
    solver: 'broyden',
    options: {},
    differences: [`torchdeq has no ${title}: its Broyden method takes that place.`],
  };
