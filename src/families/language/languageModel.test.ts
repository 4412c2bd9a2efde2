import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { tinyModels, tinyTanh, tinyTransformer, tinyTrellis } from '../../../test/tinyModels.ts';
import { namedStream } from '../../data/random.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { param } from '../../tf/params.ts';
import { languageModel } from './languageModel.ts';
import { initialize } from '../parameters.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const tokens = [
  [1, 2, 3, 4],
  [6, 0, 5, 5],
];
const targets = tokens.map((row) => row.toReversed());

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

describe.each(tinyModels)('a $cell model', (config) => {
  const model = languageModel(config);

  test('has parameters of its own names, a loss near chance and logits for every token', async () => {
    const params = model.initialize(3);
    expect(Object.keys(params)).toEqual(model.parameters.map(({ name }) => name));
    const problem = model.problem(params, { tokens, targets });
    const [loss, logits] = tf.tidy(() => {
      const z = problem.initialState();
      return [problem.loss(params, z), model.logits(params, z)];
    });
    expect((await values(loss))[0]).toBeCloseTo(Math.log(config.vocabulary), 5);
    expect(logits.size).toBe(8 * config.vocabulary);
    tf.dispose([params, loss, logits]);
  });

  test('goes to PyTorch and back', async () => {
    const params = model.initialize(3);
    const again = model.fromTorch(await model.toTorch(params));
    for (const [name, tensor] of Object.entries(params)) {
      expect(param(again, name).shape).toEqual(tensor.shape);
      expect(await values(param(again, name))).toEqual(await values(tensor));
    }
    tf.dispose([params, again]);
  });

  test('refuses targets of another shape, and ids past the vocabulary', () => {
    expect(() => model.problem({}, { tokens, targets: [[1]] })).toThrow(RangeError);
    expect(() => model.problem({}, { tokens: [[7]], targets: [[1]] })).toThrow('vocabulary');
  });
});

test('a seed gives the tanh model the weights that links promise', async () => {
  const model = languageModel(tinyTanh);
  const old = initialize(model.parameters, namedStream(11, 'weights'));
  const params = model.initialize(11);
  for (const [name, tensor] of Object.entries(old))
    expect(await values(param(params, name))).toEqual(await values(tensor));
  expect(Object.keys(params)).toEqual(Object.keys(old));
  tf.dispose([old, params]);
});

test('a TrellisNet says what is wrong with its sizes', () => {
  expect(() => languageModel({ ...tinyTrellis, dEmbed: 5 })).toThrow('dEmbed must equal dOutput');
  expect(() => languageModel({ ...tinyTrellis, kernel: 0 })).toThrow('kernel');
});

describe('memory', () => {
  test('a transformer remembers the last positions of z and u, older memory first', async () => {
    const model = languageModel(tinyTransformer);
    const params = model.initialize(1);
    const z = tf.tidy(() => tf.reshape(tf.tensor([...Array(64).keys()]), [2, 4, 8]));
    const first = model.remember(params, { tokens, targets }, z, 3);
    expect(first?.z.shape).toEqual([2, 3, 8]);
    expect(first?.u?.shape).toEqual([2, 3, 24]);
    const batch = { tokens, targets, memory: first };
    const second = model.remember(params, batch, z, 5);
    const kept = (await second?.z.array()) as number[][][];
    // Sample 0: position 3 of the older segment, then all of the newer one; sample 1 likewise.
    expect(kept.map((rows) => rows.map(([x]) => x))).toEqual([
      [24, 0, 8, 16, 24],
      [56, 32, 40, 48, 56],
    ]);
    // u is the injection of the batch's own tokens, which `inject` has behind the remembered one.
    const injected = tf.tidy(() => model.problem(params, batch).inject(params));
    expect(injected.shape).toEqual([2, 7, 24]);
    const whole = (await injected.array()) as number[][][];
    expect(await second?.u?.array()).toEqual(whole.map((row) => row.slice(2)));
    // No more than there is.
    const all = model.remember(params, batch, z, 50);
    expect(all?.z.shape).toEqual([2, 7, 8]);
    expect(model.remember(params, batch, z, 0)).toBeUndefined();
    for (const memory of [first, second, all]) tf.dispose([memory?.z ?? [], memory?.u ?? []]);
    tf.dispose([params, z, injected]);
  });

  test('a TrellisNet continues from the last remembered position', async () => {
    const model = languageModel(tinyTrellis);
    const params = model.initialize(1);
    const z = tf.tidy(() => tf.sqrt(tf.reshape(tf.tensor([...Array(112).keys()]), [2, 4, 14])));
    const memory = model.remember(params, { tokens, targets }, z, 9);
    expect(memory?.z.shape).toEqual([2, 1, 14]);
    expect(memory?.u).toBeUndefined();
    const evaluate = async (past: tf.Tensor | undefined): Promise<number[]> => {
      const batch = past ? { tokens, targets, memory: { z: past } } : { tokens, targets };
      const problem = model.problem(params, batch);
      const value = tf.tidy(() => problem.f(params, problem.inject(params), z));
      const found = await values(value);
      value.dispose();
      return found;
    };
    const [none, empty] = [tf.zeros([2, 1, 14]), tf.zeros([2, 0, 14])];
    expect(await evaluate(z)).toEqual(await evaluate(memory?.z));
    expect(await evaluate(none)).toEqual(await evaluate(undefined));
    expect(await evaluate(empty)).toEqual(await evaluate(undefined));
    expect(await evaluate(z)).not.toEqual(await evaluate(undefined));
    const wrong = tf.zeros([1, 1, 14]);
    expect(() => model.problem(params, { tokens, targets, memory: { z: wrong } })).toThrow(
      'memory',
    );
    tf.dispose([params, z, memory?.z ?? [], none, empty, wrong]);
  });

  test('the tanh model remembers nothing', () => {
    const model = languageModel(tinyTanh);
    const z = tf.zeros([8, 5]);
    expect(model.remember({}, { tokens, targets }, z, 3)).toBeUndefined();
    z.dispose();
  });
});
