import { relativeFloor } from './method.ts';
import type { SolverOptions } from './solver.ts';

/** What a library calls the residual of a solve, and which point it returns. */
export interface Convention {
  /**
   * `sample`: each sample stops on its own norm. `worst`: each has its own norm, and all go on until the
   * worst is small. `batch`: one norm over all samples together.
   */
  readonly scope: 'sample' | 'worst' | 'batch';
  /** Added to the denominator of the relative residual. */
  readonly floor: number;
  /** Whether the step z⁺ − z is measured, damping included, against ‖z⁺‖ in place of f(z) − z against ‖f(z)‖. */
  readonly damped: boolean;
  /** The point with the lowest residual or the last one, or f of it. */
  readonly returns: 'lowest' | 'lowest-image' | 'last' | 'last-image';
}

const own: Convention = { scope: 'sample', floor: relativeFloor, damped: false, returns: 'lowest' };

/**
 * What a library does with a method of ours, as its code reads: locuslab/deq (`broyden`, `anderson`),
 * locuslab/torchdeq, locuslab/monotone_op_net (forward–backward splitting), the implicit models for
 * sequences (`forward_iter`) and the Anderson solver of the deep implicit layers tutorial. Their
 * documentation does not say; the same problem converges after another number of iterations in each.
 */
export function conventionOf({ convention = 'own', method }: SolverOptions): Convention {
  switch (convention) {
    case 'own':
      return own;
    case 'deq':
      return { ...own, scope: 'batch', floor: method === 'anderson' ? 1e-5 : relativeFloor };
    case 'torchdeq':
      return {
        ...own,
        scope: 'worst',
        damped: method === 'picard',
        returns: method === 'broyden' ? 'lowest' : 'lowest-image',
      };
    case 'mondeq':
      return { scope: 'batch', floor: 1e-6, damped: method === 'picard', returns: 'last-image' };
    case 'implicit-sequences':
      return { ...own, scope: 'batch', returns: 'last-image' };
    case 'tutorial':
      return { ...own, scope: 'batch', floor: 1e-5, returns: 'last' };
  }
}

/** One value for each sample, as a verdict is to see them. */
export function valuesToJudge({ scope }: Convention, values: readonly number[]): number[] {
  if (scope !== 'worst') return [...values];
  // Written so that a NaN is the worst.
  const worst = values.reduce((a, b) => (b < a ? a : b), -Infinity);
  return values.map(() => worst);
}
