/** The golden files as whole problems, with their gradients by every method. */
import { tanhCell, tanhInjection } from '../src/cells/tanh.ts';
import type { TorchTensor } from '../src/model/parameters.ts';
import type { EquilibriumProblem } from '../src/model/problem.ts';
import * as tf from '../src/tf/index.ts';
import { param, type Params } from '../src/tf/params.ts';
import {
  modelFiles,
  openModel,
  tanhFiles,
  toTensor,
  type GoldenTensor,
  type ModelFile,
  type TanhFile,
} from './golden.ts';

export type GradientRow =
  'exact_implicit' | 'one_step_jfb' | 'neumann_5' | 'phantom_k5_tau05' | 'unrolled_12';

export interface Jacobian {
  readonly frobenius_sq_over_numel: number;
  readonly spectral_radius: number;
  readonly spectral_norm: number;
}

/** A problem on the current backend; `torch` names gradients as the file does. */
export interface OpenProblem extends Disposable {
  readonly problem: EquilibriumProblem;
  readonly torch: (gradients: Params) => Promise<Record<string, TorchTensor>>;
}

export interface GradientCase {
  readonly name: string;
  readonly open: () => OpenProblem;
  /** The expected total gradient of a row, by the file's names. */
  readonly expected: (row: GradientRow) => Record<string, number[]>;
  readonly jacobian: Jacobian;
  readonly fixedPoint: GoldenTensor;
}

/** The parts of a file's row that are tensors, with the loss's direct part added where it is apart. */
function total(gradients: object, row: GradientRow): Record<string, number[]> {
  const all = gradients as Record<string, Record<string, GoldenTensor | number>>;
  // Ordinary backpropagation gives totals; the others stop at the equilibrium.
  const whole = row === 'unrolled_12' || row === 'phantom_k5_tau05';
  const direct = whole ? {} : (all['direct_loss_term'] ?? {});
  const sum: Record<string, number[]> = {};
  for (const part of [all[row] ?? {}, direct])
    for (const [name, tensor] of Object.entries(part)) {
      if (typeof tensor === 'number') continue;
      const before = sum[name];
      sum[name] = before ? before.map((x, i) => x + (tensor.data[i] ?? NaN)) : tensor.data;
    }
  return sum;
}

function tanhCase(name: string, file: TanhFile): GradientCase {
  return {
    name,
    jacobian: file.gradients.jacobian,
    fixedPoint: file.fixed_point,
    expected: (row) => total(file.gradients, row),
    open: () => {
      // The file has a gradient for the input too.
      const params = {
        W: toTensor(file.W),
        U: toTensor(file.U),
        b: toTensor(file.b),
        x: toTensor(file.x),
      };
      const named = (p: Params): Params => ({
        'state.weight': param(p, 'W'),
        'input.weight': param(p, 'U'),
        'input.bias': param(p, 'b'),
      });
      const problem: EquilibriumProblem = {
        params,
        inject: (p) => tanhInjection(named(p), param(p, 'x')),
        f: (p, injection, z) => tanhCell(named(p), injection, z),
        loss: (_, z) => tf.sum(tf.mul(toTensor(file.c), z)),
        initialState: () => tf.zeros(file.z_probe.shape),
      };
      return {
        problem,
        torch: async (gradients) => {
          const found: Record<string, TorchTensor> = {};
          for (const [key, tensor] of Object.entries(gradients))
            found[key] = { shape: tensor.shape, data: await tensor.data() };
          return found;
        },
        [Symbol.dispose]: () => {
          tf.dispose(params);
        },
      };
    },
  };
}

function modelCase(name: string, file: ModelFile): GradientCase {
  return {
    name,
    jacobian: file.gradients.jacobian,
    fixedPoint: file.fixed_point,
    expected: (row) => total(file.gradients, row),
    open: () => {
      const opened = openModel(file);
      return {
        problem: opened.problem,
        torch: (gradients) => opened.model.toTorch(gradients),
        [Symbol.dispose]: () => {
          opened[Symbol.dispose]();
        },
      };
    },
  };
}

export const gradientCases: readonly GradientCase[] = [
  ...Object.entries(tanhFiles).map(([name, file]) => tanhCase(name, file)),
  ...Object.entries(modelFiles).map(([name, file]) => modelCase(name, file)),
];
