import { test } from 'vitest';
import { checkCell } from '../src/engine/check/checkCell.ts';
import { checkTrace, goldenSolvers } from '../src/engine/check/checkTrace.ts';
import type { BackendName } from '../src/tf/backend.ts';
import { describeOn } from './describeOn.ts';
import { expectRight } from './expectRight.ts';
import { goldenCases } from './golden.ts';

/** Every cell's probe evaluation against the golden files. */
export function goldenCells(backend: BackendName, fused = false): void {
  describeOn(backend, fused, 'cells', () => {
    test.each(goldenCases)('$name: f of the probe state', async ({ file }) => {
      expectRight(await checkCell(file));
    });
  });
}

/** Every solver row of every golden file. */
export function goldenTraces(backend: BackendName, fused = false): void {
  describeOn(backend, fused, 'solver traces', () => {
    for (const { name, file } of goldenCases)
      test.each(goldenSolvers)(`${name}: $row`, async (solver) => {
        expectRight(await checkTrace(file, solver));
      });
  });
}
