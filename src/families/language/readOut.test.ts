import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { tinyModels } from '../../../test/tinyModels.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { languageModel } from './languageModel.ts';
import { readOut } from './readOut.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

test.each(tinyModels)('every position of a $cell state is read out', async (config) => {
  const model = languageModel(config);
  const params = model.initialize(4);
  const tokens = [
    [1, 2, 3],
    [6, 0, 5],
  ];
  const problem = model.problem(params, { tokens, targets: tokens });
  const z = tf.tidy(() =>
    problem.f(params, problem.inject(params), tf.add(problem.initialState(), 0.1)),
  );
  const found = await readOut(model, params, z, 2);
  const probabilities = tf.tidy(() =>
    tf.reshape(tf.softmax(model.logits(params, z)), [6, config.vocabulary]),
  );
  const rows = (await probabilities.array()) as number[][];
  expect(found).toHaveLength(6);
  for (const [position, row] of rows.entries()) {
    const [best, second] = found[position] ?? [];
    expect(best?.probability).toBeCloseTo(Math.max(...row), 5);
    expect(row[best?.id ?? -1]).toBeCloseTo(Math.max(...row), 5);
    expect(second?.probability).toBeCloseTo(row.toSorted((a, b) => b - a)[1] ?? NaN, 5);
  }
  tf.dispose([params, z, probabilities]);
});
