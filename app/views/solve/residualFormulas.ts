import { conventionOf } from '../../../src/numerics/conventions.ts';
import { relativeFloor } from '../../../src/numerics/conventions/settings.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { Pass } from '../../store/state.ts';

const over = {
  sample: 'each sample',
  worst: 'the worst sample',
  batch: 'the whole batch',
} as const;

/** What the norms of such a solve are over, in the convention's own words. */
export const normsOver = (solver: Pick<Experiment['solver'], 'convention' | 'method'>): string =>
  over[conventionOf(solver).scope];

/**
 * What the residual of either solve is, under the convention that the solver follows. g stands for the
 * gradient of the loss at the forward point, z⁺ for the next point with its damping.
 */
export function residualFormulas(
  { solver }: { readonly solver: Pick<Experiment['solver'], 'convention' | 'method'> },
  pass: Pass,
): { readonly rel: string; readonly abs: string } {
  if (pass === 'backward') return { rel: '‖Jᵀu + g − u‖ / ‖Jᵀu + g‖', abs: '‖Jᵀu + g − u‖' };
  const { damped, floor } = conventionOf(solver);
  const next = damped ? 'z⁺' : 'f(z)';
  const abs = `‖${next} − z‖`;
  // Our own floor is not worth the space.
  const least = floor === relativeFloor ? `‖${next}‖` : `(‖${next}‖ + ${floor.toExponential(0)})`;
  return { rel: `${abs} / ${least}`, abs };
}
