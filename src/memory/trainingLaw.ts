import type { Experiment } from '../schema/experiment.ts';
import {
  predictEquilibrium,
  predictUnrolled,
  type MeteredProblem,
  type Pass,
} from './memoryLaw.ts';

/**
 * Bytes that the largest step of a training run will need at its peak, the twin's if there is one: the law of each
 * network, with the sizes that a step of this training was metered to have.
 */
export function predictTraining(
  { solver, backward, train }: Experiment,
  { sizes, kernels }: MeteredProblem,
): number {
  const { state, beside = 0 } = sizes;
  // The network's last state stays until the step is done.
  const explicit = (depth: number): number => state + predictUnrolled(sizes, depth).peak;
  // Training judges by our own convention, whatever that of the Solve view is; a solve's limit is not its start's.
  const forward: Pass = {
    solver: { method: solver.method, options: solver, kernels },
    depth: train.maxIterations + 1,
  };
  const implicit = (adjoint: Pass | null): number =>
    predictEquilibrium(forward, adjoint, sizes).peak +
    // The probe is drawn before the step begins.
    (sizes.penalised === undefined ? 0 : state);
  const own = (): number => {
    switch (backward.method) {
      case 'implicit':
        return implicit({
          solver: { method: backward.solver, options: backward, kernels },
          depth: train.adjointIterations + 1,
        });
      case 'one-step':
      case 'neumann':
        return implicit(null);
      case 'phantom': {
        // A few damped steps from z*: two more states on the tape of each.
        const damped = { ...sizes, layer: sizes.layer + 2 * state };
        return Math.max(implicit(null), state + predictUnrolled(damped, backward.steps).peak);
      }
      case 'unrolled':
        return explicit(train.maxIterations);
    }
  };
  const shallow = train.pretrainSteps > 0 ? explicit(train.pretrainDepth) : 0;
  const twin = train.twin ? explicit(train.twinDepth) : 0;
  return beside + Math.max(own(), shallow, twin);
}
