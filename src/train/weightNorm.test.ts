import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { tinyTransformer, tinyTrellis } from '../../test/tinyModels.ts';
import { wave } from '../../test/wave.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';
import { languageModel } from '../families/language/languageModel.ts';
import { addScales, normalise, pullThroughNorm } from './weightNorm.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const specs = [{ name: 'w', normalised: true }, { name: 'b' }];
const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

/** A loss of the effective parameters that weighs every entry differently, and is not linear. */
const loss = (effective: Params): tf.Scalar =>
  tf.sum(
    tf.add(tf.square(tf.mul(param(effective, 'w'), wave([4, 3], 0.9))), param(effective, 'b')),
  );

const open = (): Record<'w' | 'b' | 'w.g', tf.Tensor> => ({
  w: wave([4, 3], 1.7),
  b: wave([3], 0.6),
  'w.g': tf.tensor([0.5, 2, -1]),
});

test('scales leave the function as it was', async () => {
  for (const config of [tinyTransformer, tinyTrellis]) {
    const model = languageModel(config);
    const params = addScales(model.parameters, model.initialize(2));
    const effective = normalise(model.parameters, params);
    expect(Object.keys(effective)).toEqual(model.parameters.map(({ name }) => name));
    for (const [name, tensor] of Object.entries(effective))
      for (const [i, value] of (await values(tensor)).entries())
        expect(value).toBeCloseTo((await values(param(params, name)))[i] ?? NaN, 6);
    tf.dispose([params, effective]);
  }
});

test('which matrices are normalised', () => {
  const names = (config: typeof tinyTransformer | typeof tinyTrellis): string[] =>
    languageModel(config)
      .parameters.filter(({ normalised }) => normalised)
      .map(({ name }) => name);
  expect(names(tinyTransformer)).toEqual([
    'attention.qkv',
    'attention.position',
    'attention.out',
    'feedForward.in',
    'feedForward.out',
  ]);
  expect(names(tinyTrellis)).toEqual(['state.weight']);
});

test('the pullback is that of tf.grads and of differences', async () => {
  const params = open();
  const names = ['w', 'b', 'w.g'] as const;
  const composed = (...[w, b, g]: tf.Tensor[]): tf.Scalar =>
    loss(normalise(specs, { w, b, 'w.g': g } as Params));
  const exact = tf.tidy(() => tf.grads(composed)(names.map((name) => params[name])));

  const effective = normalise(specs, params);
  const [dw, db] = tf.tidy(() =>
    tf.grads((w, b) => loss({ w, b }))([param(effective, 'w'), param(effective, 'b')]),
  );
  const pulled = pullThroughNorm(specs, params, { w: dw, b: db } as Params);
  for (const [which, name] of names.entries()) {
    const found = await values(param(pulled, name));
    const expected = await values(exact[which] as tf.Tensor);
    const start = await values(params[name]);
    for (const [i, value] of found.entries()) {
      expect(value).toBeCloseTo(expected[i] ?? NaN, 5);
      const at = async (by: number): Promise<number> => {
        const moved = tf.tensor(
          start.map((x, j) => (j === i ? x + by : x)),
          params[name].shape,
        );
        const made = tf.tidy(() => loss(normalise(specs, { ...params, [name]: moved })));
        const [number = NaN] = await values(made);
        tf.dispose([moved, made]);
        return number;
      };
      expect(Math.abs(((await at(1e-2)) - (await at(-1e-2))) / 2e-2 - value)).toBeLessThan(2e-3);
    }
  }
  tf.dispose([params, exact, effective, pulled]);
});

test('a column of zeros makes no NaN, and a matrix without gradient gets none', async () => {
  const params = addScales(specs, { w: tf.zeros([2, 2]), b: tf.zeros([2]) });
  const effective = normalise(specs, params);
  expect(await values(param(effective, 'w'))).toEqual([0, 0, 0, 0]);
  const pulled = pullThroughNorm(specs, params, { w: tf.ones([2, 2]) });
  expect((await values(param(pulled, 'w'))).every(Number.isFinite)).toBe(true);
  expect(pullThroughNorm(specs, params, {})).toEqual({});
  tf.dispose([params, effective, pulled]);
});
