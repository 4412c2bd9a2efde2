import type { GradientMethod } from '../implicit/valueAndGradient.ts';
import { settingsOf } from '../numerics/settingsOf.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import type { Experiment } from '../schema/experiment.ts';

/** What of a section of the settings are the options named. */
const pick = (section: object, options: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(section).filter(([name]) => name in options));

/** The forward solver that an experiment means. */
export function forwardOptions({ solver }: Experiment): SolverOptions {
  const { method, maxIterations, tolerance, stopMode, convention } = solver;
  const { options, underConvention = {} } = settingsOf(method);
  return {
    ...{ method, maxIterations, tolerance, stopMode, convention },
    ...pick(solver, options),
    ...(convention === 'own' ? {} : underConvention),
  };
}

/** The solver of the adjoint problem, as the experiment sets it. */
export function adjointOptions(backward: Experiment['backward']): SolverOptions {
  const { solver: method, maxIterations, tolerance } = backward;
  const { adjoint } = settingsOf(method);
  return {
    ...{ method, maxIterations, tolerance, stopMode: 'rel' },
    ...pick(backward, adjoint?.options ?? {}),
    ...adjoint?.fixed,
  };
}

/** The gradient method that an experiment means; an unrolled network is `depth` layers deep. */
export function gradientMethod(experiment: Experiment, depth: number): GradientMethod {
  const { method, terms, steps, damping, seeded } = experiment.backward;
  switch (method) {
    case 'implicit':
      return { kind: 'implicit', solver: adjointOptions(experiment.backward), seeded };
    case 'shine':
      return { kind: 'shine' };
    case 'one-step':
      return { kind: 'one-step' };
    case 'neumann':
      return { kind: 'neumann', terms };
    case 'phantom':
      return { kind: 'phantom', steps, damping };
    case 'unrolled':
      return { kind: 'unrolled', depth };
  }
}
