import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { tinyTanh, tinyTransformer, tinyTrellis } from '../../../test/tinyModels.ts';
import { createRandom } from '../../data/random.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { languageModel } from './languageModel.ts';
import { solveForward, valueAndGradient } from '../../implicit/valueAndGradient.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const tokens = [
  [1, 2, 3, 4],
  [6, 0, 5, 5],
];
const batch = { tokens, targets: tokens };
const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

describe.each([tinyTransformer, tinyTrellis])('dropout of a $cell model', (config) => {
  const model = languageModel(config);

  /** f and the loss at a state of sines, with these masks. */
  const evaluate = async (params: Params, masks?: Params): Promise<number[]> => {
    const problem = model.problem(params, { ...batch, masks });
    const made = tf.tidy(() => {
      const z = tf.add(problem.initialState(), 0.3);
      const value = problem.f(params, problem.inject(params), z);
      return tf.concat([tf.reshape(value, [-1]), tf.reshape(problem.loss(params, value), [1])]);
    });
    const found = await values(made);
    made.dispose();
    return found;
  };

  test('f is still a function, another one for other masks, and has a fixed point', async () => {
    const params = model.initialize(1);
    const random = createRandom(5);
    const masks = model.dropoutMasks(2, 0.4, random);
    const others = model.dropoutMasks(2, 0.4, random);
    expect(await evaluate(params, masks)).toEqual(await evaluate(params, masks));
    expect(await evaluate(params, masks)).not.toEqual(await evaluate(params, others));
    const problem = model.problem(params, { ...batch, masks });
    const { z, status } = await solveForward(problem, {
      method: 'anderson',
      maxIterations: 60,
      tolerance: 1e-4,
      stopMode: 'rel',
    });
    expect(status).toBe('converged');
    tf.dispose([params, masks, others, z]);
  });

  test('a rate of 0 drops nothing', async () => {
    const params = model.initialize(1);
    const masks = model.dropoutMasks(2, 0, createRandom(5));
    for (const mask of Object.values(masks))
      expect(new Set(await values(mask))).toEqual(new Set([1]));
    expect(await evaluate(params, masks)).toEqual(await evaluate(params));
    tf.dispose([params, masks]);
  });

  test('entries are 0 or 1/(1 − rate), with a mean of 1', async () => {
    const masks = model.dropoutMasks(4000, 0.2, createRandom(5));
    for (const mask of Object.values(masks)) {
      expect(mask.shape.slice(0, 2)).toEqual([4000, 1]);
      const entries = await values(mask);
      expect(new Set(entries)).toEqual(new Set([0, 1.25]));
      expect(entries.reduce((a, b) => a + b, 0) / entries.length).toBeCloseTo(1, 1);
    }
    tf.dispose(masks);
    expect(() => model.dropoutMasks(2, 1, createRandom(5))).toThrow(RangeError);
  });
});

test.each([
  // Column 3 of the weight makes the dropped hidden unit, row 2 of it reads the dropped unit of h.
  [
    'transformer',
    tinyTransformer,
    'feedForward.hidden',
    3,
    'feedForward.in',
    (w: number[][]) => w.map((row) => row[3]),
  ],
  [
    'trellis',
    tinyTrellis,
    'hidden',
    2,
    'state.weight',
    (w: number[][]) => [w[2], w[9], w[16]].flat(),
  ],
] as const)(
  'a %s unit dropped in every row gives its weights no gradient',
  async (_, config, maskName, unit, weight, touched) => {
    const model = languageModel(config);
    const params = model.initialize(1);
    const masks = { ...model.dropoutMasks(2, 0, createRandom(5)) };
    const mask = param(masks, maskName);
    masks[maskName] = tf.tidy(() => {
      const width = mask.shape[2] ?? 1;
      return tf.tensor(
        Array.from({ length: 2 * width }, (__, i) => (i % width === unit ? 0 : 1)),
        mask.shape,
      );
    });
    mask.dispose();
    const { gradients, forward } = await valueAndGradient(
      model.problem(params, { ...batch, masks }),
      {
        forward: { method: 'anderson', maxIterations: 30, tolerance: 1e-3, stopMode: 'rel' },
        gradient: { kind: 'neumann', terms: 4 },
      },
    );
    const gradient = (await param(gradients, weight).array()) as number[][];
    expect(new Set(touched(gradient).map((x) => Math.abs(x ?? NaN)))).toEqual(new Set([0]));
    expect(Math.max(...gradient.flat())).toBeGreaterThan(0);
    tf.dispose([params, masks, gradients, forward?.z ?? []]);
  },
);

test('the tanh model has no masks', () => {
  expect(languageModel(tinyTanh).dropoutMasks(2, 0.5, createRandom(5))).toEqual({});
});
