import {
  gradientAt,
  solveForward,
  valueAndGradient,
  type GradientMethod,
} from '../../implicit/valueAndGradient.ts';
import type { SolverOptions } from '../../numerics/solver.ts';
import * as tf from '../../tf/index.ts';
import type { Finding } from './finding.ts';
import type { GoldenFile, GradientName } from './goldenFile.ts';
import { openGolden } from './withGolden.ts';

const tight: SolverOptions = {
  method: 'broyden',
  history: Infinity,
  maxIterations: 80,
  tolerance: 3e-7,
  stopMode: 'rel',
};
const backward: SolverOptions = { ...tight, tolerance: 1e-6 };
const byAnderson: SolverOptions = {
  ...backward,
  method: 'anderson',
  history: 12,
  ridge: 1e-7,
  maxIterations: 200,
};

/** Gradients of ours, and what the files call them. */
export const goldenGradientRows: readonly (readonly [
  what: string,
  row: GradientName,
  method: GradientMethod,
])[] = [
  ['implicit, Broyden', 'exact_implicit', { kind: 'implicit', solver: backward }],
  ['implicit, Anderson', 'exact_implicit', { kind: 'implicit', solver: byAnderson }],
  ['one-step', 'one_step_jfb', { kind: 'one-step' }],
  ['Neumann, 5 terms', 'neumann_5', { kind: 'neumann', terms: 5 }],
  ['phantom, 5 steps of 0.5', 'phantom_k5_tau05', { kind: 'phantom', steps: 5, damping: 0.5 }],
  ['unrolled, 12 steps', 'unrolled_12', { kind: 'unrolled', depth: 12 }],
  [
    'unrolled, checkpointed every 4',
    'unrolled_12',
    { kind: 'unrolled', depth: 12, checkpointEvery: 4 },
  ],
  [
    // Which does not divide 12.
    'unrolled, checkpointed every 5',
    'unrolled_12',
    { kind: 'unrolled', depth: 12, checkpointEvery: 5 },
  ],
];

/** Every gradient method: 1e-3 relative L2 over all parameters. */
export async function* checkGradients(file: GoldenFile): AsyncGenerator<Finding, void, undefined> {
  using opened = openGolden(file);
  const { problem } = opened;
  // One forward solve for all methods: it is what takes the time.
  const forward = await solveForward(problem, tight);
  try {
    for (const [what, row, gradient] of goldenGradientRows) {
      const result =
        gradient.kind === 'unrolled'
          ? await valueAndGradient(problem, { forward: tight, gradient })
          : await gradientAt(problem, forward.z, gradient);
      const found = await opened.toFile(result.gradients);
      tf.dispose([result.gradients, result.backward?.z ?? []]);
      let [difference, size] = [0, 0];
      for (const [name, values] of Object.entries(expectedGradient(file, row)))
        for (const [i, value] of values.entries()) {
          difference += ((found[name]?.data[i] ?? NaN) - value) ** 2;
          size += value ** 2;
        }
      // Of a truth that is zero throughout this is NaN, as it should be.
      yield { what, error: Math.sqrt(difference / size), bound: 1e-3 };
    }
  } finally {
    forward.z.dispose();
  }
}

/** The parts of a file's row that are tensors, with the loss's direct part added where it is apart. */
function expectedGradient({ gradients }: GoldenFile, row: GradientName): Record<string, number[]> {
  // Ordinary backpropagation gives totals; the others stop at the equilibrium.
  const whole = row === 'unrolled_12' || row === 'phantom_k5_tau05';
  const direct = whole ? {} : (gradients.direct_loss_term ?? {});
  const sum: Record<string, number[]> = {};
  for (const part of [gradients[row], direct])
    for (const [name, tensor] of Object.entries(part)) {
      if (typeof tensor === 'number') continue;
      const before = sum[name];
      sum[name] = before ? before.map((x, i) => x + (tensor.data[i] ?? NaN)) : tensor.data;
    }
  return sum;
}
