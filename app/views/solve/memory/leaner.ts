import type { Experiment } from '../../../../src/schema/experiment.ts';
import { predictMemory, type MeteredProblem } from '../../../../src/memory/memoryLaw.ts';
import { settingsOf } from '../../../../src/numerics/settingsOf.ts';
import { offered, withPatch, type Fix, type Patch } from '../diagnose/fixes.ts';

/** Something to try, and the peak it is predicted to have. */
export interface LeanerFix extends Fix {
  readonly peak: number;
}

/**
 * The first change of the solvers by which the DEQ needs less than the unrolled network at this depth, if
 * any does: shorter histories first; none at all only where the forward solve has none either, since then
 * plain iteration is known to be meant.
 */
export function leanerFix(
  experiment: Experiment,
  depth: number,
  problem: MeteredProblem,
): LeanerFix | undefined {
  const { solver, backward } = experiment;
  const { id, title } = offered('mixing');
  const { plain = false, id: own, title: name } = settingsOf(solver.method);
  const mixing = (window: number): Patch => ({
    ...(plain ? {} : { 'solver.method': id, 'solver.window': window }),
    'backward.solver': id,
    'backward.window': window,
  });
  const fixes: Fix[] = [
    { label: `${title}, m = 6, in both passes`, patch: mixing(6) },
    { label: `${title}, m = 3, in both passes`, patch: mixing(3) },
    ...(plain ? [{ label: `Adjoint by ${name}`, patch: { 'backward.solver': own } }] : []),
  ];
  const unrolled = predictMemory(experiment, 'unrolled', depth, problem).peak;
  const now = predictMemory(experiment, 'deq', depth, problem).peak;
  if (backward.method !== 'implicit') return undefined;
  return fixes
    .map((fix) => ({
      ...fix,
      peak: predictMemory(withPatch(experiment, fix.patch), 'deq', depth, problem).peak,
    }))
    .find(({ peak }) => peak < unrolled && peak < now);
}
