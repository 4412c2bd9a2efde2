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
} from '../goldenFile.ts';
import { cellParameters, groups, stateSize, type FeatureShape } from './cell.ts';
import { refinementProblem } from './problem.ts';

/** The file `ifr`: reference values of lufanma/IFR's BasicBlock. x is a parameter, and the loss is Σ c z. */
export const refinementGolden = {
  reads: (file) => isRecord(file) && file['family'] === 'ifr',
  open(file: unknown, name?: string): OpenedGolden {
    const found = caseOf(file, name);
    const given = isRecord(found['params']) ? found['params'] : {};
    const x = tensorOf(found['x'], 'x');
    const c = tensorOf(found['c'], 'c');
    const probe = tensorOf(found['z_probe'], 'z_probe');
    const [batch = 0, channels = 0, rows = 0, columns = 0] = shaped(x, 'x', [-1, -1, -1, -1]);
    if (found['groups'] !== groups)
      throw new Error(`The golden file’s norms do not have ${String(groups)} groups.`);
    if (found['weight_norm'] !== true)
      throw new Error('The golden file has kernels without weight norm.');
    const shape: FeatureShape = [channels, rows, columns];
    const params = toTensors([...tensorsOf(given, cellParameters(channels)), ['x', x]]);
    shaped(probe, 'z_probe', [batch, stateSize(shape)]);
    shaped(c, 'c', [batch, stateSize(shape)]);
    const problem: FamilyProblem = refinementProblem({
      ...{ shape, params },
      samples: Array.from({ length: batch }, (_, i) => `sample ${String(i + 1)}`),
      input: (own) => tf.clone(param(own, 'x')),
      loss: (_, z) => tf.sum(tf.mul(z, toTensor(c))),
      observe: () => Promise.resolve([]),
    });
    return { problem, probe: toTensor(probe), toFile: copyOut };
  },
} satisfies GoldenReader;
