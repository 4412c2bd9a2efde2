import type { Experiment } from '../schema/experiment.ts';
import { twinOf } from '../schema/twin.ts';
import { takesInverse } from '../schema/maps.ts';
import type { ForwardSizes } from './problemSizes.ts';
import {
  forwardBytes,
  predictEquilibrium,
  predictUnrolled,
  type KernelPath,
  type MeteredProblem,
  type Pass,
} from './memoryLaw.ts';

/**
 * Bytes that the largest step of a training run will need at its peak, the twin's if there is one: the law of each
 * network, with the sizes that a step of this training was metered to have.
 */
export function predictTraining(
  experiment: Experiment,
  { sizes, kernels }: MeteredProblem,
): number {
  const { backward, train } = experiment;
  const { state, beside = 0 } = sizes;
  // The network's last state stays until the step is done.
  const explicit = (depth: number): number => state + predictUnrolled(sizes, depth).peak;
  const forward = forwardPass(experiment, kernels);
  const implicit = (adjoint: Pass | null): number =>
    predictEquilibrium({ ...forward, learnt: takesInverse(experiment) }, adjoint, sizes).peak +
    // The probe is drawn before the step begins.
    (sizes.penalised === undefined ? 0 : state);
  const own = (): number => {
    switch (backward.method) {
      case 'implicit':
        return implicit({
          solver: { method: backward.solver, options: backward, kernels },
          depth: train.adjointIterations + 1,
        });
      case 'shine':
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
  const twin = train.twin ? twinOf(experiment) : undefined;
  // A variant is solved as the network itself is, by a layer of the same size.
  const unrolled = twin?.kind === 'unrolled' ? explicit(twin.depth) : 0;
  return beside + Math.max(own(), shallow, unrolled);
}

/**
 * Bytes that a training run will need at its peak: those of its largest step, or of what is solved between two steps, which
 * may be more examples than a batch has. Its loss is not counted: a step's needs more, which is pulled back as well.
 */
export function predictRun(experiment: Experiment, problem: MeteredProblem): number {
  const { parameters, state, beside = 0, heldOut, view } = problem.sizes;
  const forward = forwardPass(experiment, problem.kernels);
  const solved = (sizes: ForwardSizes): number => {
    const { kept, working } = forwardBytes(forward, sizes);
    return 3 * parameters + beside + kept + working;
  };
  return Math.max(
    predictTraining(experiment, problem),
    // The step's weights and its z are still there; and what was found from a start, while it is solved from zeros.
    heldOut
      ? solved(heldOut) +
          parameters +
          state +
          (experiment.solver.start === 'zeros' ? 0 : heldOut.state)
      : 0,
    view ? solved(view) : 0,
  );
}

/** The forward solves of a training. */
const forwardPass = ({ solver, train }: Experiment, kernels: KernelPath): Pass => ({
  // By our own convention, whatever that of the Solve view is; a solve's limit is not its start's.
  solver: { method: solver.method, options: solver, kernels },
  depth: train.maxIterations + 1,
});
