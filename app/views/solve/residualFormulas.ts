import type { Experiment } from '../../../src/schema/experiment.ts';
import type { Pass } from '../../store/state.ts';

type Convention = Experiment['solver']['convention'];

/** What the norms are over, where a library's convention says something else than ours. */
export const normsOver: Readonly<Record<Convention, string>> = {
  own: 'each sample',
  deq: 'the whole batch',
  torchdeq: 'the worst sample',
  mondeq: 'the whole batch',
  'implicit-sequences': 'the whole batch',
  tutorial: 'the whole batch',
};

/** What a library adds to the denominator; our own 1e-9 is not worth the space. */
function floorOf({
  convention,
  method,
}: Pick<Experiment['solver'], 'convention' | 'method'>): string | null {
  if (convention === 'mondeq') return '1e-6';
  const tutorial = convention === 'tutorial' || (convention === 'deq' && method === 'anderson');
  return tutorial ? '1e-5' : null;
}

/**
 * What the residual of either solve is, under the convention that the solver follows. g stands for the
 * gradient of the loss at the forward point, z⁺ for the next point with its damping.
 */
export function residualFormulas(
  { solver }: { readonly solver: Pick<Experiment['solver'], 'convention' | 'method'> },
  pass: Pass,
): { readonly rel: string; readonly abs: string } {
  if (pass === 'backward') return { rel: '‖Jᵀu + g − u‖ / ‖Jᵀu + g‖', abs: '‖Jᵀu + g − u‖' };
  const { convention, method } = solver;
  const step = method === 'picard' && (convention === 'torchdeq' || convention === 'mondeq');
  const next = step ? 'z⁺' : 'f(z)';
  const abs = `‖${next} − z‖`;
  const floor = floorOf(solver);
  return { rel: `${abs} / ${floor === null ? `‖${next}‖` : `(‖${next}‖ + ${floor})`}`, abs };
}
