import { expect, test } from 'vitest';
import { createRandom } from '../../data/random.ts';
import { chooseToken, mostProbable, type SamplingOptions } from './sampling.ts';

const everything: SamplingOptions = { temperature: 1, topK: 0, topP: 1 };
const logits = [0, 2, 1, 2, -1, 0.5, -3];

/** How often each id is drawn. */
function frequencies(options: SamplingOptions, draws = 20_000): number[] {
  const random = createRandom(7);
  const counts = logits.map(() => 0);
  for (let i = 0; i < draws; i++) {
    const { id } = chooseToken(logits, options, random);
    counts[id] = (counts[id] ?? 0) + 1 / draws;
  }
  return counts;
}

/** Probabilities at a temperature among the ids that are left. */
function probabilities(temperature: number, ids: readonly number[]): number[] {
  const weights = logits.map((x, id) => (ids.includes(id) ? Math.exp(x / temperature) : 0));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((x) => x / sum);
}

test('temperature 0 takes the largest logit, the lowest id among equals, and draws no number', () => {
  const random = createRandom(1);
  expect(chooseToken(logits, { ...everything, temperature: 0 }, random).id).toBe(1);
  expect(random.next()).toBe(createRandom(1).next());
});

test.each<[string, Partial<SamplingOptions>, number, number[]]>([
  ['all', {}, 1, [0, 1, 2, 3, 4, 5, 6]],
  ['hot', { temperature: 3 }, 3, [0, 1, 2, 3, 4, 5, 6]],
  ['top 3', { topK: 3 }, 1, [1, 2, 3]],
  ['top 1 of equals', { topK: 1 }, 1, [1]],
  ['a k past the vocabulary', { topK: 99 }, 1, [0, 1, 2, 3, 4, 5, 6]],
  ['nucleus of .6', { topP: 0.6 }, 1, [1, 3]],
  ['a tiny nucleus', { topP: 1e-9 }, 1, [1]],
  ['nucleus of the top 3', { topK: 3, topP: 0.9 }, 1, [1, 2, 3]],
])('%s', (_, options, temperature, left) => {
  const found = frequencies({ ...everything, ...options });
  for (const [id, expected] of probabilities(temperature, left).entries()) {
    if (expected === 0) expect(found[id]).toBe(0);
    expect(Math.abs((found[id] ?? NaN) - expected)).toBeLessThan(0.015);
  }
});

test("probabilities are the model's own, whatever the temperature and the truncation", () => {
  const own = probabilities(1, [0, 1, 2, 3, 4, 5, 6]);
  const choice = chooseToken(logits, { temperature: 0.2, topK: 2, topP: 0.5 }, createRandom(1));
  expect(choice.probability).toBeCloseTo(own[choice.id] ?? NaN, 12);
  expect(choice.top.map(({ id }) => id)).toEqual([1, 3, 2, 5, 0]);
  for (const { id, probability } of choice.top) expect(probability).toBeCloseTo(own[id] ?? NaN, 12);
});

test('nothing overflows, and NaN is never chosen', () => {
  const random = createRandom(3);
  const huge = [1e30, -1e30, NaN, Infinity, -Infinity];
  for (const temperature of [0, 1e-300, 1, 1e300]) {
    const choice = chooseToken(huge, { ...everything, temperature }, random);
    expect(choice.id).not.toBe(2);
    expect(Number.isFinite(choice.probability)).toBe(true);
  }
  expect(chooseToken(huge, everything, random).id).toBe(3);
  expect(() => chooseToken([NaN], everything, random)).toThrow(RangeError);
  expect(() => chooseToken([], everything, random)).toThrow(RangeError);
});

test.each([{ temperature: -1 }, { temperature: NaN }, { topK: 1.5 }, { topK: -1 }, { topP: 0 }])(
  'refuses %o',
  (options) => {
    expect(() => chooseToken(logits, { ...everything, ...options }, createRandom(1))).toThrow(
      RangeError,
    );
  },
);

test('the most probable tokens, as many as there are', () => {
  expect(mostProbable(logits, 2).map(({ id }) => id)).toEqual([1, 3]);
  expect(mostProbable(logits, 99)).toHaveLength(7);
});
