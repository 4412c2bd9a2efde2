/** Sweeps to begin with: one click each. */
import { settingsOf } from '../../../src/numerics/settingsOf.ts';
import { familyOf } from '../../../src/families/settings.ts';
import {
  axisName,
  makeGrid,
  type Sweep,
  type SweepAxis,
  type SweepDraft,
} from '../../../src/runs/sweep.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { randomGain } from '../../../src/schema/weights.ts';
import { capital } from '../../format.ts';
import { ableSolvers, suggestedValues } from './axes.ts';

/** A sweep that the page proposes. */
export interface Suggestion {
  /** "Solver × tolerance". */
  readonly title: string;
  /** What it would show, in a sentence. */
  readonly question: string;
  readonly grid: Pick<Sweep, 'work' | 'base' | 'axes'>;
}

/** "Window × weight gain". */
const titleOf = (...axes: readonly SweepAxis[]): string => capital(axes.map(axisName).join(' × '));

/** As many solvers as a first look can take in. */
const MOST_SOLVERS = 5;

/** Two of solves, and one of trainings where the family learns. `shape`: of the state that is solved for, where it is known. */
export function suggestions(
  base: Experiment,
  shape: readonly number[] = [],
): readonly Suggestion[] {
  const methods = ableSolvers(base, shape);
  const solvers: SweepAxis = {
    paths: ['solver.method'],
    values: methods.slice(0, Math.max(MOST_SOLVERS, methods.indexOf(base.solver.method) + 1)),
  };
  const side = (path: FieldPath): SweepAxis => ({
    paths: [path],
    values: suggestedValues([path], base),
  });
  const { main } = settingsOf(base.solver.method);
  const own = main === null ? undefined : (`solver.${main}` as FieldPath);
  const gain = randomGain(base)?.path;
  const [first, second] = [own ?? gain, own === undefined ? undefined : gain];
  const found: ((Omit<Suggestion, 'grid'> & { readonly draft: SweepDraft }) | undefined)[] = [
    {
      title: titleOf(solvers, side('solver.tolerance')),
      question:
        'Which solver takes the fewest evaluations, and does that change with how exact the answer has to be?',
      draft: {
        ...{ work: 'solve', base },
        axes: [solvers, { paths: ['solver.tolerance'], values: [1e-1, 1e-2, 1e-3, 1e-4, 1e-5] }],
      },
    },
    first === undefined
      ? undefined
      : {
          title: titleOf(side(first), side(second ?? 'solver.tolerance')),
          question:
            second === undefined
              ? 'How does it change what a solve costs?'
              : 'How hard may the layer be before the solver needs more help?',
          draft: { work: 'solve', base, axes: [side(first), side(second ?? 'solver.tolerance')] },
        },
    familyOf(base.problem.family).learns && {
      title: titleOf(side('train.learningRate'), side('train.jacobianWeight')),
      question: 'Does a layer that is kept easy to solve learn as well?',
      draft: {
        ...{ work: 'training', base, steps: 60 },
        axes: [
          { paths: ['train.learningRate'], values: [1e-3, 3e-3, 1e-2] },
          { paths: ['train.jacobianWeight'], values: [0, 0.3, 1] },
        ],
      },
    },
  ];
  return found.flatMap((one) => {
    if (!one) return [];
    const { draft, ...words } = one;
    const made = makeGrid(draft);
    return 'grid' in made ? [{ ...words, grid: made.grid }] : [];
  });
}
