import { expect, test } from 'vitest';
import { iterate } from '../src/solvers/iterate.ts';
import type { IterationRecord, SolverOptions } from '../src/solvers/solver.ts';
import type { BackendName } from '../src/tf/backend.ts';
import * as tf from '../src/tf/index.ts';
import { describeOn } from './describeOn.ts';
import { goldenCases, goldenSolvers, toTensor, type GoldenCase } from './golden.ts';

/** Every cell's probe evaluation against the golden files, to 2e-5 absolute. */
export function goldenCells(backend: BackendName, fused = false): void {
  describeOn(backend, fused, 'cells', () => {
    test.each(goldenCases)('$name: f of the probe state', async ({ open, zProbe, fOfZProbe }) => {
      const { f, dispose } = open();
      const value = tf.tidy(() => f(toTensor(zProbe)));
      const found = await value.data();
      tf.dispose(value);
      dispose();
      expect(found.length).toBe(fOfZProbe.data.length);
      const error = Math.max(...fOfZProbe.data.map((x, i) => Math.abs(x - (found[i] ?? NaN))));
      expect(error).toBeLessThan(2e-5);
    });
  });
}

/**
 * Every solver row of every golden file, while the peer's relative residual is above 2e-3:
 * 1 % in the first ten entries, 10 % after; Broyden the first ten.
 */
export function goldenTraces(backend: BackendName, fused = false): void {
  describeOn(backend, fused, 'solver traces', () => {
    for (const golden of goldenCases)
      test.each(goldenSolvers)(`${golden.name}: $row`, async ({ row, offset, options }) => {
        const { abs, rel } = golden.solvers[row];
        const records = await trace(golden, options, abs.length + offset);
        let compared = 0;
        for (const [entry, samples] of abs.entries()) {
          if (row === 'broyden' && entry >= 10) break;
          for (const [sample, theirs] of samples.entries()) {
            // The damped peer's rel is of its damped step, but of the same size.
            if (!((rel[entry]?.[sample] ?? 0) > 2e-3)) continue;
            // It reports the damped step too: ours is that over its damping.
            const damped = row === 'fixed_point_damped06' ? 0.6 : 1;
            const ours = records[entry + offset]?.abs[sample] ?? NaN;
            const error = Math.abs(ours * damped - theirs) / theirs;
            expect(error, `entry ${entry}, sample ${sample}`).toBeLessThan(entry < 10 ? 0.01 : 0.1);
            compared++;
          }
        }
        expect(compared).toBeGreaterThan(4);
      });
  });
}

/** The first `count` records; tolerance 0 keeps every sample moving, as the peers do. */
export async function trace(
  { open, zProbe }: GoldenCase,
  options: Pick<SolverOptions, 'method'>,
  count: number,
): Promise<IterationRecord[]> {
  const { f, dispose } = open();
  const z0 = tf.zeros(zProbe.shape);
  const records: IterationRecord[] = [];
  const solving = iterate(f, z0, {
    maxIterations: count - 1,
    tolerance: 0,
    stopMode: 'rel',
    ...options,
  });
  for (;;) {
    const step = await solving.next();
    if (step.done === true) {
      step.value.z.dispose();
      break;
    }
    records.push(step.value);
  }
  tf.dispose(z0);
  dispose();
  return records;
}
