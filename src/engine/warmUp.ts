import { familyOf } from '../families/settings.ts';
import { rehearseSolve } from '../numerics/iterate.ts';
import type { IterationMap } from '../numerics/maps.ts';
import { settingAt, type Experiment } from '../schema/experiment.ts';
import type { FieldPath } from '../schema/fields.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import { compileAhead } from '../tf/compile.ts';
import { fusedOn } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
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
export function kernelsOf(layer: string, built: BuiltProblem, adjoint: SolverOptions): string {
  const { method, lineSearch, convention } = built.solver;
  const solvers = [method, lineSearch, convention, adjoint.method];
  return JSON.stringify([layer, built.map.name, solvers]);
}

/** Names the shapes and operations of a problem: two of one name take the same memory, whatever solves them. */
export function layerOf({ experiment, problem }: BuiltProblem): string {
  const shapes = Object.values(problem.params).map(({ shape }) => shape);
  // Told without making a state, which may take an evaluation of f.
  const state = [problem.samples.length, ...problem.layout.map(({ shape }) => shape)];
  return JSON.stringify([structure(experiment), shapes, state]);
}

/** What an experiment says of its layer, real numbers apart: they make no shape and choose no operation. */
function structure(experiment: Experiment): unknown[] {
  const sections = Object.entries(familyOf(experiment.problem.family).model);
  const paths = sections.flatMap(([section, group]) =>
    Object.entries(group)
      .filter(([, field]) => field.control !== 'number' || field.step >= 1)
      .map(([key]) => `${section}.${key}` as FieldPath),
  );
  return [experiment.problem.family, ...paths.map((path) => settingAt(experiment, path))];
}

/** Enqueue what a solve of a map other than f itself would use, and read nothing back. */
export function rehearseMap(map: IterationMap, options: SolverOptions): void {
  const start = tf.tidy(() => map.start());
  try {
    rehearseSolve((s) => map.apply(s), start, options);
    tf.dispose(tf.tidy(() => map.f(map.project(start))));
  } finally {
    start.dispose();
  }
}
