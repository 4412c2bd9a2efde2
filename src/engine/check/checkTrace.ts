import { iterate } from '../../numerics/iterate.ts';
import type { IterationRecord, SolverOptions } from '../../numerics/solver.ts';
import type { Finding } from './finding.ts';
import type { GoldenFile, TorchSolver } from './goldenFile.ts';
import { openGolden } from './withGolden.ts';

/** A peer's solver as our options. */
export interface GoldenSolver {
  readonly row: TorchSolver;
  readonly what: string;
  /** Which of our records the peer's first entry is. */
  readonly offset: number;
  readonly options: Pick<SolverOptions, 'method' | 'damping' | 'history' | 'ridge' | 'ridgeMode'>;
}

const anderson = { method: 'anderson', ridge: 1e-4, ridgeMode: 'absolute' } as const;

/** All that the files have traces of. */
export const goldenSolvers: readonly GoldenSolver[] = [
  {
    row: 'broyden',
    what: 'Broyden',
    offset: 1,
    options: { method: 'broyden', history: Infinity },
  },
  {
    row: 'anderson_m6',
    what: 'Anderson, m = 6',
    offset: 2,
    options: { ...anderson, history: 6 },
  },
  {
    row: 'anderson_m3_beta07',
    what: 'Anderson, m = 3, β = 0.7',
    offset: 2,
    options: { ...anderson, history: 3, damping: 0.7 },
  },
  { row: 'fixed_point', what: 'Picard', offset: 0, options: { method: 'picard' } },
  {
    row: 'fixed_point_damped06',
    what: 'Picard, β = 0.6',
    offset: 0,
    options: { method: 'picard', damping: 0.6 },
  },
];

/** Entries that have to agree to 1 %; those after to 10 %. */
const EARLY = 10;
/** Below this relative residual a peer's own float32 run leaves its float64 trace. */
const LOWEST = 2e-3;
/** Fewer numbers than this would prove nothing. */
const FEWEST = 5;

/**
 * The residuals of a solve from z = 0, while the peer's relative residual is above 2e-3: 1 % in the
 * first ten entries, 10 % after; Broyden the first ten. The error is the one that comes nearest to its bound.
 */
export async function checkTrace(file: GoldenFile, solver: GoldenSolver): Promise<Finding> {
  const { row, what, offset, options } = solver;
  const { abs, rel } = file.solvers[row];
  const records = await trace(file, options, abs.length + offset);
  // The damped peer reports its damped step, which is ours times the damping.
  const { damping = 1, method } = options;
  const scale = method === 'picard' ? damping : 1;
  let nearest = { error: 0, bound: 0.01 };
  let compared = 0;
  for (const [entry, samples] of abs.entries()) {
    if (method === 'broyden' && entry >= EARLY) break;
    const bound = entry < EARLY ? 0.01 : 0.1;
    for (const [sample, theirs] of samples.entries()) {
      if (!((rel[entry]?.[sample] ?? 0) > LOWEST)) continue;
      const ours = (records[entry + offset]?.abs[sample] ?? NaN) * scale;
      const error = Math.abs(ours - theirs) / theirs;
      // Written so that a NaN stays.
      if (!(error / bound <= nearest.error / nearest.bound)) nearest = { error, bound };
      compared++;
    }
  }
  return { what, ...(compared < FEWEST ? { error: NaN, bound: 0.01 } : nearest) };
}

/** The first `count` records; tolerance 0 keeps every sample moving, as the peers do. */
async function trace(
  file: GoldenFile,
  options: GoldenSolver['options'],
  count: number,
): Promise<IterationRecord[]> {
  using opened = openGolden(file);
  const z0 = opened.problem.initialState();
  const limits = { maxIterations: count - 1, tolerance: 0, stopMode: 'rel' } as const;
  const records: IterationRecord[] = [];
  const solving = iterate(opened.f, z0, { ...limits, ...options });
  for (;;) {
    const step = await solving.next();
    if (step.done === true) {
      step.value.z.dispose();
      break;
    }
    records.push(step.value);
  }
  z0.dispose();
  return records;
}
