import type { Experiment } from '../schema/experiment.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import { compileAhead } from '../tf/compile.ts';
import { fusedOn } from '../tf/fused.ts';
import type { BuiltProblem } from './build.ts';
import type { EngineEvent } from './protocol/protocol.ts';

/**
 * Compile the kernels that `work` enqueues, in parallel and without running them, so that none compiles
 * in the middle of a solve. `work` must read nothing back. Reference operations compile as they come.
 */
export async function warmUp(emit: (event: EngineEvent) => void, work: () => void): Promise<void> {
  if (!fusedOn()) return;
  emit({ event: 'compiling', active: true });
  try {
    await compileAhead(work);
  } finally {
    emit({ event: 'compiling', active: false });
  }
}

/**
 * Names the kernels that both solves of a problem need. They follow from shapes and methods: most
 * settings change neither, and a slider sends dozens.
 */
export function kernelsOf(
  { cell }: Experiment,
  { problem, tokens, solver }: BuiltProblem,
  adjoint: SolverOptions,
): string {
  const { method, lineSearch, convention } = solver;
  const shapes = Object.values(problem.params).map(({ shape }) => shape);
  const solvers = [method, lineSearch, convention, adjoint.method];
  return JSON.stringify([{ ...cell, gain: 1 }, shapes, tokens.length, solvers]);
}
