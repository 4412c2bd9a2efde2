import type { Experiment } from '../../../../src/schema/experiment.ts';
import { fields } from '../../../../src/schema/fields.ts';
import { conventionOf } from '../../../../src/numerics/conventions.ts';
import { settingsOf } from '../../../../src/numerics/settingsOf.ts';
import { formatPower } from '../../../format.ts';
import type { Race } from '../../../store/solve/race.ts';

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

const points = {
  lowest: 'lowest z',
  'lowest-image': 'f of the lowest z',
  last: 'last z',
  'last-image': 'f of the last z',
} as const;

/** Which point such a solve answers with. */
export const returnedPoint = (solver: Pick<Solver, 'convention' | 'method'>): string =>
  points[conventionOf(solver).returns];

/** The method's options that libraries decide, Anderson's ridge, as they are under that convention. */
export function ridgeWords(solver: Solver): string {
  const { underConvention = {} } = settingsOf(solver.method);
  const own = solver.convention === 'own';
  const values = Object.entries(underConvention).map(([name, theirs]) =>
    own ? solver[name as keyof Solver] : theirs,
  );
  const words = values.map((value) =>
    typeof value === 'number' ? formatPower(value) : String(value),
  );
  return words.length === 0 ? '—' : words.join(' ');
}
