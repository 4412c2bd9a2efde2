import type { Experiment } from '../../../../src/schema/experiment.ts';
import { predictMemory, type KernelPath } from '../../../../src/memory/memoryModel.ts';
import { withPatch, type Fix, type Patch } from '../diagnose/fixes.ts';

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
  kernels: KernelPath,
): LeanerFix | undefined {
  const { solver, backward } = experiment;
  const mixing = (window: number): Patch => ({
    ...(solver.method === 'picard' ? {} : { 'solver.method': 'anderson', 'solver.window': window }),
    'backward.solver': 'anderson',
    'backward.window': window,
  });
  const fixes: Fix[] = [
    { label: 'Anderson, m = 6, in both passes', patch: mixing(6) },
    { label: 'Anderson, m = 3, in both passes', patch: mixing(3) },
    ...(solver.method === 'picard'
      ? [{ label: 'Adjoint by Picard', patch: { 'backward.solver': 'picard' } }]
      : []),
  ];
  const unrolled = predictMemory(experiment, 'unrolled', depth, kernels).peak;
  const now = predictMemory(experiment, 'deq', depth, kernels).peak;
  if (backward.method !== 'implicit') return undefined;
  return fixes
    .map((fix) => ({
      ...fix,
      peak: predictMemory(withPatch(experiment, fix.patch), 'deq', depth, kernels).peak,
    }))
    .find(({ peak }) => peak < unrolled && peak < now);
}
