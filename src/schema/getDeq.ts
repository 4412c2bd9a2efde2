/** A set-up's solver settings as locuslab/torchdeq takes them. */
import { settingsOf } from '../numerics/settingsOf.ts';
import { torchdeqSolver } from '../numerics/torchdeqSettings.ts';
import type { Settings } from './fields.ts';
import { takesInverse } from './maps.ts';

type Value = number | string | boolean;

/** What torchdeq is given: `get_deq(**get_deq)` and `deq(f, z0, solver_kwargs=solver_kwargs)`. */
export interface TorchdeqSettings {
  readonly get_deq: Readonly<Record<string, Value>>;
  readonly solver_kwargs: Readonly<Record<string, Value>>;
  /** What torchdeq does otherwise than the page, a sentence each. */
  readonly differences: readonly string[];
}

/** What of a set-up it follows from. */
type Wanted = Pick<Settings, 'solver' | 'backward'>;

/** The arguments of torchdeq for a set-up. */
export function torchdeqOf({ solver, backward }: Wanted): TorchdeqSettings {
  const kind = settingsOf(solver.method);
  const ruled = solver.convention === 'own' ? {} : kind.underConvention;
  const forward = torchdeqSolver(kind, { ...solver, ...ruled });
  const adjoint = torchdeqSolver(settingsOf(backward.solver), backward);
  const implicit = backward.method === 'implicit';
  const differences = [
    ...forward.differences,
    ...(implicit && backward.solver !== solver.method ? adjoint.differences : []),
    ...(solver.map === 'plain'
      ? []
      : ['torchdeq iterates f itself, not the map that is chosen here.']),
    ...gradientOf(backward).differences,
    ...(implicit && takesInverse({ solver, backward })
      ? ['Its adjoint solve begins with no inverse Jacobian: the same gradient, by more steps.']
      : []),
    'It goes on until the worst sample of a batch has converged, and returns f of the best point.',
  ];
  return {
    get_deq: {
      f_solver: forward.solver,
      f_max_iter: solver.maxIterations,
      f_tol: solver.tolerance,
      f_stop_mode: solver.stopMode,
      ...(implicit
        ? {
            b_solver: adjoint.solver,
            b_max_iter: backward.maxIterations,
            b_tol: backward.tolerance,
            b_stop_mode: 'rel',
          }
        : {}),
      ...gradientOf(backward).options,
    },
    solver_kwargs: forward.options,
    differences: [...new Set(differences)],
  };
}

function gradientOf({ method, steps, terms, damping }: Wanted['backward']): {
  readonly options: Readonly<Record<string, Value>>;
  readonly differences: readonly string[];
} {
  switch (method) {
    case 'implicit':
      return { options: { ift: true }, differences: [] };
    case 'shine':
      return {
        options: { grad: 1, tau: 1 },
        differences: [
          'torchdeq keeps nothing of its forward solve: it is given the one-step gradient in place of SHINE.',
        ],
      };
    case 'one-step':
      return { options: { grad: 1, tau: 1 }, differences: [] };
    case 'neumann':
      // k differentiated plain steps from z* are the series up to (Jᵀ)^(k − 1).
      return { options: { grad: terms + 1, tau: 1 }, differences: [] };
    case 'phantom':
      return { options: { grad: steps, tau: damping }, differences: [] };
    case 'unrolled':
      return {
        options: { grad: 1, tau: 1 },
        differences: [
          'An unrolled network has no fixed point: torchdeq is given the one-step gradient instead.',
        ],
      };
  }
}

/** The settings as lines of Python to paste. */
export function getDeqCall(settings: Wanted): string {
  const { get_deq: options, solver_kwargs: own, differences } = torchdeqOf(settings);
  const written = (values: Readonly<Record<string, Value>>): string[] =>
    Object.entries(values).map(([name, value]) => `${name}=${literal(value)}`);
  return [
    'from torchdeq import get_deq',
    '',
    'deq = get_deq(',
    ...written(options).map((argument) => `    ${argument},`),
    ')',
    `z_out, info = deq(f, z0${
      Object.keys(own).length > 0 ? `, solver_kwargs=dict(${written(own).join(', ')})` : ''
    })`,
    ...differences.map((sentence) => `# ${sentence}`),
  ].join('\n');
}

/** A value as Python writes it. */
function literal(value: Value): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? `'${value}'` : String(value);
}
