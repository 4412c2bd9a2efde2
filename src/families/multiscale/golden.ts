import * as tf from '../../tf/index.ts';
import { param } from '../../tf/params.ts';
import type { FamilyProblem, GoldenReader, OpenedGolden } from '../family.ts';
import {
  caseOf,
  copyOut,
  isRecord,
  shaped,
  tensorOf,
  tensorsOf,
  toTensor,
  toTensors,
  type FileTensor,
} from '../goldenFile.ts';
import { cellParameters, stateSize, type Scales } from './cell.ts';
import { featureMaps } from './observe.ts';
import { multiscaleProblem } from './problem.ts';

/** The file `mdeq`: reference values of locuslab/deq's MDEQModule. x is a parameter, and the loss is Σ c z. */
export const multiscaleGolden = {
  reads: (file) => isRecord(file) && file['family'] === 'mdeq',
  open(file: unknown, name?: string): OpenedGolden {
    const found = caseOf(file, name);
    const given = isRecord(found['params']) ? found['params'] : {};
    const x = tensorOf(found['x'], 'x');
    const c = tensorOf(found['c'], 'c');
    const probe = tensorOf(found['z_probe'], 'z_probe');
    const kernel = (branch: 0 | 1): FileTensor => {
      const key = `branches.${branch}.blocks.0.conv1.weight`;
      return tensorOf(given[key], `params.${key}`);
    };
    const [batch = 0, fine = 0, rows = 0, columns = 0] = shaped(x, 'x', [-1, -1, -1, -1]);
    const [wide = 0, , side = 0] = kernel(0).shape;
    const [, coarse = 0, coarseSide = 0] = kernel(1).shape;
    const { groups } = found;
    if (typeof groups !== 'number' || !Number.isInteger(groups) || groups < 1)
      throw new Error('The golden file has no number of groups.');
    if (rows % 2 !== 0 || columns % 2 !== 0)
      throw new Error('x of the golden file has an odd side, which has no half.');
    const scales: Scales = {
      ...{ channels: [fine, coarse], size: [rows, columns], groups },
      ...{ expansion: wide / fine, kernels: [side, coarseSide] },
    };
    const params = toTensors([...tensorsOf(given, cellParameters(scales)), ['x', x]]);
    shaped(probe, 'z_probe', [batch, stateSize(scales)]);
    shaped(c, 'c', [batch, stateSize(scales)]);
    const problem: FamilyProblem = multiscaleProblem({
      ...{ scales, params },
      samples: Array.from({ length: batch }, (_, i) => `sample ${i + 1}`),
      input: (own) => tf.clone(param(own, 'x')),
      loss: (_, z) => tf.sum(tf.mul(z, toTensor(c))),
      observe: async (z) => featureMaps(scales, (await z.data()) as Float32Array),
    });
    return { problem, probe: toTensor(probe), toFile: copyOut };
  },
} satisfies GoldenReader;
