import type { Experiment } from '../schema/experiment.ts';
import type { GradientMethod } from '../implicit/valueAndGradient.ts';
import type { SolverOptions } from '../numerics/solver.ts';

/** The forward solver that an experiment means. */
export function forwardOptions({ solver }: Experiment): SolverOptions {
  const { method, maxIterations, tolerance, stopMode, convention } = solver;
  const common = { method, maxIterations, tolerance, stopMode, convention };
  switch (method) {
    case 'picard':
      return { ...common, damping: solver.damping };
    case 'anderson':
      return {
        ...common,
        damping: solver.damping,
        history: solver.window,
        // The libraries add an absolute 1e-4, whatever the residuals' size.
        ...(convention === 'own'
          ? { ridge: solver.ridge, ridgeMode: solver.ridgeMode }
          : { ridge: 1e-4, ridgeMode: 'absolute' as const }),
      };
    case 'broyden':
      return { ...common, history: solver.rank, lineSearch: solver.lineSearch };
  }
}

/** The solver of the adjoint problem, as the experiment sets it. */
export function adjointOptions({ backward }: Pick<Experiment, 'backward'>): SolverOptions {
  const { solver: method, maxIterations, tolerance, window, rank } = backward;
  const common = { method, maxIterations, tolerance, stopMode: 'rel' as const };
  switch (method) {
    case 'picard':
      return common;
    case 'anderson':
      // The map is affine and its residuals span decades, so a ridge as large as a forward solve's would
      // slow it; one below the pivot floor (1e-6) would leave a history that spans the space singular.
      return { ...common, history: window, ridge: 1e-5 };
    case 'broyden':
      return { ...common, history: rank };
  }
}

/** The gradient method that an experiment means; an unrolled network is `depth` layers deep. */
export function gradientMethod(experiment: Experiment, depth: number): GradientMethod {
  const { method, terms, steps, damping } = experiment.backward;
  switch (method) {
    case 'implicit':
      return { kind: 'implicit', solver: adjointOptions(experiment) };
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
