import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { problemMaps } from '../../implicit/problemMaps.ts';
import type { GoldenReader, OpenedGolden } from '../family.ts';
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
import { onePart } from '../layout.ts';
import { evaluate, injectionOf, type PictureCell } from './cell.ts';
import { pictureParameters, type Filter } from './network.ts';

const filters: Readonly<Record<string, Filter>> = {
  fourier: 'fourier',
  gabor: 'gabor',
  siren_like: 'sine',
};

/** A golden file of the family, opened: its cell too. */
export interface OpenedImpsq extends OpenedGolden {
  readonly cell: PictureCell;
}

/** The file `impsq`: reference values of locuslab/ImpSq. Every place is a sample there, and the loss ½ Σ (out − target)². */
export const impsqGolden = {
  reads: (file) => isRecord(file) && file['family'] === 'impsq',
  open(file: unknown, name?: string): OpenedImpsq {
    const found = caseOf(file, name);
    const whole = isRecord(file) ? file : {};
    const filter = filters[String(found['filter'])];
    if (!filter) throw new Error('The golden file names no filter that is here.');
    if (found['norm'] !== 'none') throw new Error('The golden file has weights of another norm.');
    const layers = Number(found['L']);
    const given = isRecord(found['params']) ? found['params'] : {};
    const probe = tensorOf(whole['z_probe'], 'z_probe');
    const [places = 0, width = 0] = shaped(probe, 'z_probe', [-1, -1]);
    const named = (key: string, shape: readonly number[]): FileTensor => {
      const tensor = tensorOf(whole[key], key);
      shaped(tensor, key, shape);
      return tensor;
    };
    const target = named('target', [places, -1]);
    const channels = target.shape[1] === 3 ? 3 : 1;
    const specs = pictureParameters({ filter, width, layers, channels });
    const own = specs.filter(({ name: key }) => !key.startsWith('readout'));
    const params = toTensors([
      ...tensorsOf(given, own),
      ['W_o', named('W_o', [channels, width])],
      ['b_o', named('b_o', [channels])],
      ['x', named('x', [places, 2])],
    ]);
    const cell: PictureCell = { filter, layers, norm: 'none' };
    const problem = {
      params,
      inject: (p: Params) => injectionOf(cell, p, tf.transpose(param(p, 'x'))),
      f: (p: Params, injection: tf.Tensor, z: tf.Tensor) =>
        tf.transpose(evaluate(cell, p, injection, tf.transpose(z))),
      loss: (p: Params, z: tf.Tensor): tf.Scalar => {
        const out = tf.add(
          tf.matMul(z as tf.Tensor2D, tf.transpose(param(p, 'W_o'))),
          param(p, 'b_o'),
        );
        return tf.mul<tf.Scalar>(tf.sum(tf.square(tf.sub(out, toTensor(target)))), 0.5);
      },
      initialState: () => tf.zeros([places, width]),
    };
    return {
      cell,
      problem: {
        ...problem,
        samples: Array.from({ length: places }, (_, i) => `place ${String(i + 1)}`),
        layout: onePart('z', [width], ['features']),
        maps: problemMaps(problem),
        observe: () => Promise.resolve([]),
      },
      probe: toTensor(probe),
      toFile: copyOut,
    };
  },
} satisfies GoldenReader;
