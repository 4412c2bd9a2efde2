import * as tf from '../../tf/index.ts';
import type { GoldenReader, OpenedGolden } from '../family.ts';
import { caseOf, copyOut, isRecord, tensorOf, type FileTensor } from '../goldenFile.ts';
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
    const convolves = 'g' in given;
    const names = ['A.weight', 'B.weight', 'U.weight', 'U.bias', ...(convolves ? ['g', 'h'] : [])];
    const tensors = names.map((key) => [key, tensorOf(given[key], `params.${key}`)] as const);
    const x = tensorOf(found['x'], 'x');
    const c = tensorOf(found['c'], 'c');
    const probe = tensorOf(found['z_probe'], 'z_probe');
    const [batch = 0, , rows = 0, columns = 0] = x.shape;
    const [units = 0] = tensorOf(given['U.bias'], 'params.U.bias').shape;
    const operator = convolves
      ? convolutional([units, rows, columns], m)
      : fullyConnected(units, m);
    const size = [batch, operator.size];
    for (const [what, { shape }] of Object.entries({ z_probe: probe, c }))
      if (shape.join() !== size.join())
        throw new Error(
          `${what} of the golden file has shape [${shape.join(', ')}], not [${size.join(', ')}].`,
        );
    const params = Object.fromEntries(
      [...tensors, ['x', x] as const].map(([key, tensor]) => [key, toTensor(tensor)]),
    );
    const certificate = certificates(operator, params)();
    return {
      problem: monotoneProblem({
        operator,
        params,
        samples: Array.from({ length: batch }, (_, i) => `sample ${i + 1}`),
        loss: (_, z) => tf.sum(tf.mul(z, toTensor(c))),
        observe: async (z) => {
          const values = (await z.data()) as Float32Array;
          return [...stateObservation(operator, values), await certificate(values)];
        },
      }),
      probe: toTensor(probe),
      toFile: copyOut,
    };
  },
} satisfies GoldenReader;

const toTensor = ({ data, shape }: FileTensor): tf.Tensor =>
  tf.tensor(Float32Array.from(data), [...shape]);
