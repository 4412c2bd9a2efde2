import { beforeAll, expect, test } from 'vitest';
import fastdeq from '../../test/golden/families/fastdeq.json';
import mondeq from '../../test/golden/families/mondeq.json';
import tanh from '../../test/golden/tanh-contractive.json';
import transformer from '../../test/golden/transformer-post-ln-mems.json';
import { failOnLeaks } from '../../test/leaks.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { openGolden } from './openGolden.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const { fc, conv } = mondeq.cases;
const of = (one: unknown): unknown => ({ family: 'mondeq', cases: { one } });
const weighed = (one: { params: object }, change: object): unknown =>
  of({ ...one, params: { ...one.params, ...change } });
const pair = { shape: [1, 2], data: [1, 2] };

test.each<[what: string, file: unknown, says: string]>([
  ['no object', 'mondeq', 'no golden file of a family that is here.'],
  ['a family that is not here', { family: 'other' }, 'that is here: it is of other.'],
  ['no case', { family: 'mondeq', cases: {} }, 'its list of cases is empty'],
  ['two cases and no name', mondeq, 'Name one of the cases: fc, conv.'],
  ['no number', of({ ...fc, m: undefined }), 'no number m'],
  ['no tensor', weighed(fc, { 'B.weight': undefined }), 'no tensor params.B.weight'],
  ['no data', weighed(fc, { 'B.weight': { shape: [1], data: [null] } }), 'data other than numbers'],
  ['too few', of({ ...fc, x: { shape: [2, 2], data: [1, 2] } }), 'shape [2, 2], but 2 numbers'],
  ['no sizes', of({ ...fc, x: { shape: [-1, -2], data: [1, 2] } }), 'no list of sizes'],
  [
    'units',
    weighed(fc, { 'U.weight': pair }),
    'params.U.weight of the golden file has shape [1, 2]',
  ],
  [
    'probe',
    of({ ...fc, z_probe: pair }),
    'z_probe of the golden file has shape [1, 2], not [3, 10]',
  ],
  ['channels', weighed(conv, { 'B.weight': pair }), 'shape [1, 2], not [3, 3, any, any]'],
  [
    'an even kernel',
    weighed(conv, { 'B.weight': { shape: [3, 3, 2, 1], data: Array<number>(18).fill(0) } }),
    'kernels of 2 × 1 on pictures of 6 × 6',
  ],
  ['a convolution without g', weighed(conv, { g: undefined }), 'no tensor params.g'],
  ['steady weights', { ...fastdeq, params: { ...fastdeq.params, W: pair } }, 'not [10, 10]'],
  ['bare weights', { ...tanh, W: pair }, 'W of the golden file has shape [1, 2], not [16, 16]'],
  ['no input', { ...tanh, x: undefined }, 'no tensor x'],
  ['a memory', { ...transformer, u_mem: pair }, 'u_mem of the golden file has shape [1, 2]'],
  ['a state', { ...transformer, z_probe: pair }, 'shape [1, 2], not [2, 6, 16]'],
  ['an unknown token', { ...transformer, tokens: [[99], [0]] }, 'the vocabulary ends at 19'],
])('%s: says so, and leaves nothing', (_, file, says) => {
  expect(() => openGolden(file)).toThrow(says);
});

test('the only case needs no name; what is not needed may be there or not', async () => {
  const opened = openGolden(
    weighed({ ...conv, shape: undefined, operator: undefined, more: 1 } as never, {
      g: { shape: [1], data: [1] },
      unknown: 'kept out',
    }),
  );
  const { problem, probe } = opened;
  const file = await opened.toFile(problem.params);
  expect(Object.keys(file).sort()).toEqual([...Object.keys(conv.params), 'x'].sort());
  expect(file['x']?.shape).toEqual(conv.x.shape);
  tf.dispose([problem.params, probe]);
});
