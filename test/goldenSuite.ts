import { test } from 'vitest';
import { checkCell } from '../src/engine/check/checkCell.ts';
import { checkTrace, goldenSolvers, type GoldenSolver } from '../src/engine/check/checkTrace.ts';
import type { BackendName } from '../src/tf/backend.ts';
import { describeOn } from './describeOn.ts';
import { expectRight } from './expectRight.ts';
import { goldenCases, oneOfEachFamily } from './golden.ts';

/** The probe evaluation of cells against the golden files. */
export function goldenCells(backend: BackendName, fused = false, cases = goldenCases): void {
  describeOn(backend, fused, 'cells', () => {
    test.each(cases)('$name: f of the probe state', async ({ file }) => {
      expectRight(await checkCell(file));
    });
  });
}

/** One solver's rows of one file. */
type GoldenTrace = (typeof goldenCases)[number] & { readonly solver: GoldenSolver };

const allTraces: readonly GoldenTrace[] = goldenCases.flatMap((one) =>
  goldenSolvers.map((solver) => ({ ...one, solver })),
);

/** Every solver once, the families taking turns. */
export const oneTraceEach: readonly GoldenTrace[] = goldenSolvers.flatMap((solver, i) =>
  oneOfEachFamily
    .slice(i % oneOfEachFamily.length)
    .slice(0, 1)
    .map((one) => ({ ...one, solver })),
);

/** Residuals of solves against the golden files. */
export function goldenTraces(backend: BackendName, fused = false, traces = allTraces): void {
  describeOn(backend, fused, 'solver traces', () => {
    test.each(traces)('$name: $solver.row', async ({ file, solver }) => {
      expectRight(await checkTrace(file, solver));
    });
  });
}
