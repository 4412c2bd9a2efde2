import { expect, test } from 'vitest';
import {
  gradientAt,
  solveForward,
  valueAndGradient,
  type GradientMethod,
} from '../src/model/valueAndGradient.ts';
import type { SolverOptions } from '../src/solvers/solver.ts';
import type { BackendName } from '../src/tf/backend.ts';
import * as tf from '../src/tf/index.ts';
import { describeOn } from './describeOn.ts';
import { gradientCases, type GradientRow } from './goldenGradients.ts';

const tight: SolverOptions = {
  method: 'broyden',
  history: Infinity,
  maxIterations: 80,
  tolerance: 3e-7,
  stopMode: 'rel',
};
const backward: SolverOptions = { ...tight, tolerance: 1e-6 };

const rows: readonly [string, GradientRow, GradientMethod][] = [
  ['implicit, Broyden', 'exact_implicit', { kind: 'implicit', solver: backward }],
  [
    'implicit, Anderson',
    'exact_implicit',
    {
      kind: 'implicit',
      solver: { ...backward, method: 'anderson', history: 12, ridge: 1e-7, maxIterations: 200 },
    },
  ],
  ['one-step', 'one_step_jfb', { kind: 'one-step' }],
  ['Neumann, 5 terms', 'neumann_5', { kind: 'neumann', terms: 5 }],
  ['phantom, 5 steps of .5', 'phantom_k5_tau05', { kind: 'phantom', steps: 5, damping: 0.5 }],
  ['unrolled, 12 steps', 'unrolled_12', { kind: 'unrolled', depth: 12 }],
  [
    'unrolled, checkpointed every 4',
    'unrolled_12',
    { kind: 'unrolled', depth: 12, checkpointEvery: 4 },
  ],
  [
    'unrolled, checkpointed every 5, which does not divide 12',
    'unrolled_12',
    { kind: 'unrolled', depth: 12, checkpointEvery: 5 },
  ],
];

/** Every gradient method against the golden files: 1e-3 relative L2 over all parameters. */
export function goldenGradients(backend: BackendName, fused = false): void {
  describeOn(backend, fused, 'gradients', () => {
    test.each(gradientCases)('$name', async ({ open, expected }) => {
      using opened = open();
      const { problem } = opened;
      // One forward solve for all methods: it is what takes the time.
      const forward = await solveForward(problem, tight);
      expect(forward.status).not.toBe('diverged');
      for (const [label, row, gradient] of rows) {
        const result =
          gradient.kind === 'unrolled'
            ? await valueAndGradient(problem, { forward: tight, gradient })
            : await gradientAt(problem, forward.z, gradient);
        const found = await opened.torch(result.gradients);
        tf.dispose([result.gradients, result.backward?.z ?? []]);
        let difference = 0;
        let size = 0;
        for (const [name, values] of Object.entries(expected(row)))
          for (const [i, value] of values.entries()) {
            difference += ((found[name]?.data[i] ?? NaN) - value) ** 2;
            size += value ** 2;
          }
        expect(size, label).toBeGreaterThan(0);
        expect(Math.sqrt(difference / size), label).toBeLessThan(1e-3);
      }
      forward.z.dispose();
    });
  });
}
