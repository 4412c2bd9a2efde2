import * as tf from '../../tf/index.ts';
import type { GoldenReader, OpenedGolden } from '../family.ts';
import {
  caseOf,
  copyOut,
  isRecord,
  shaped,
  tensorOf,
  toTensor,
  toTensors,
  type FileTensor,
} from '../goldenFile.ts';
import { convolutional } from './convolutional.ts';
import { fullyConnected } from './fullyConnected.ts';
import { certificates, stateObservation } from './observe.ts';
import { monotoneProblem, type MonotoneProblem } from './problem.ts';

/** A golden file of the family, opened. */
export interface OpenedMonotone extends OpenedGolden {
  readonly problem: MonotoneProblem;
}

/**
 * The file `mondeq`: reference values of locuslab/monotone_op_net, fully connected and convolutional. x is a parameter,
 * and the loss is Σ c z.
 */
export const monotoneGolden = {
  reads: (file) => isRecord(file) && file['family'] === 'mondeq',
  open(file: unknown, name?: string): OpenedMonotone {
    const found = caseOf(file, name);
    const { m } = found;
    if (typeof m !== 'number') throw new Error('The golden file has no number m.');
    const given = isRecord(found['params']) ? found['params'] : {};
    const x = tensorOf(found['x'], 'x');
    const c = tensorOf(found['c'], 'c');
    const probe = tensorOf(found['z_probe'], 'z_probe');
    const parameter = (key: string): FileTensor => tensorOf(given[key], `params.${key}`);
    const [units = 0] = shaped(parameter('U.bias'), 'params.U.bias', [-1]);
    // Kernels are what tells a convolution.
    const convolves = parameter('A.weight').shape.length === 4;
    const sides = convolves ? [-1, -1] : [];
    const [batch = 0, inputs = 0, rows = 0, columns = 0] = shaped(x, 'x', [-1, -1, ...sides]);
    const shapes: Readonly<Record<string, readonly number[]>> = {
      'A.weight': [units, units, ...sides],
      'B.weight': [units, units, ...sides],
      'U.weight': [units, inputs, ...sides],
      'U.bias': [units],
      ...(convolves ? { g: [], h: [] } : {}),
    };
    const tensors = Object.entries(shapes).map(([key, shape]) => {
      const tensor = parameter(key);
      // One number is a scalar, whatever its shape.
      if (shape.length > 0 || tensor.data.length !== 1) shaped(tensor, `params.${key}`, shape);
      return [key, tensor] as const;
    });
    if (convolves && Math.min(rows, columns) < 3)
      throw new Error('x of the golden file has no pixel inside its border of one.');
    const fits = (side: number, i: number): boolean =>
      side % 2 === 1 && side <= (i ? columns : rows);
    for (const [key, { shape }] of tensors)
      if (!shape.slice(2).every(fits))
        throw new Error(
          `params.${key} of the golden file has kernels of ${shape.slice(2).join(' × ')} on pictures of ${String(rows)} × ${String(columns)}: their sides must be odd, and no longer than the picture's.`,
        );
    const operator = convolves
      ? convolutional([units, rows, columns], m)
      : fullyConnected(units, m);
    shaped(probe, 'z_probe', [batch, operator.size]);
    shaped(c, 'c', [batch, operator.size]);
    const params = toTensors([...tensors, ['x', x]]);
    const certificate = certificates(operator, params)({ injection: () => problem.inject(params) });
    const problem: MonotoneProblem = monotoneProblem({
      operator,
      params,
      samples: Array.from({ length: batch }, (_, i) => `sample ${i + 1}`),
      loss: (_, z) => tf.sum(tf.mul(z, toTensor(c))),
      observe: async (z) => {
        const values = (await z.data()) as Float32Array;
        return [...stateObservation(operator, values), await certificate(values)];
      },
    });
    return {
      problem,
      probe: toTensor(probe),
      toFile: copyOut,
    };
  },
} satisfies GoldenReader;
