import type { Experiment } from '../../../../src/schema/experiment.ts';
import { fields } from '../../../../src/schema/fields.ts';
import { formatPower } from '../../../format.ts';
import type { Race } from '../../../store/race.ts';

type Solver = Experiment['solver'];

/** Every convention, ours first. */
export const conventions = fields.solver.convention.options;

/** The solver by each convention: lanes of a race. */
export const conventionLanes = (solver: Solver): readonly Solver[] =>
  conventions.map(({ value }) => ({ ...solver, convention: value }));

/** Whether a race was one of conventions: one solver, each convention once. */
export function isOfConventions({ experiments }: Race): boolean {
  const key = ({ solver }: Experiment): string => JSON.stringify({ ...solver, convention: null });
  return (
    new Set(experiments.map(({ solver }) => solver.convention)).size === conventions.length &&
    new Set(experiments.map(key)).size === 1
  );
}

/** Which point such a solve answers with. */
export function returnedPoint({
  convention,
  method,
}: Pick<Solver, 'convention' | 'method'>): string {
  switch (convention) {
    case 'own':
    case 'deq':
      return 'lowest z';
    case 'torchdeq':
      return method === 'broyden' ? 'lowest z' : 'f of the lowest z';
    case 'mondeq':
    case 'implicit-sequences':
      return 'f of the last z';
    case 'tutorial':
      return 'last z';
  }
}

/** Anderson's ridge under that convention. */
export function ridgeWords({ convention, method, ridge, ridgeMode }: Solver): string {
  if (method !== 'anderson') return '—';
  return convention === 'own' ? `${formatPower(ridge)} ${ridgeMode}` : '1e-4 absolute';
}
