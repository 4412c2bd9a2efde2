import { beforeAll, describe, expect, test } from 'vitest';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { failOnLeaks } from '../../../test/leaks.ts';
import { noisyParams } from '../../../test/noisyParams.ts';
import { tinyModels, tinyTanh, tinyTransformer, tinyTrellis } from '../../../test/tinyModels.ts';
import { createRandom } from '../../data/random.ts';
import type { SolverOptions } from '../../numerics/solver.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import { generate, type GeneratedToken, type GenerationSetup } from './generate.ts';
import { languageModel, type LanguageModel, type SegmentMemory } from './languageModel.ts';
import { mostProbable } from './sampling.ts';
import { solveForward } from '../../implicit/valueAndGradient.ts';

beforeAll(async () => {
  wasmInNode();
  await initBackend('wasm');
});
failOnLeaks();

const tight: SolverOptions = {
  method: 'broyden',
  history: Infinity,
  maxIterations: 80,
  tolerance: 1e-6,
  stopMode: 'rel',
};
const greedy = { temperature: 0, topK: 0, topP: 1 };

const setup = (changes: Partial<GenerationSetup> = {}): GenerationSetup => ({
  prompt: [1, 4, 2],
  count: 5,
  window: 8,
  memoryLength: 0,
  solver: tight,
  sampling: greedy,
  warmStart: false,
  random: createRandom(1),
  ...changes,
});

async function collect(
  model: LanguageModel,
  params: Params,
  changes: Partial<GenerationSetup>,
): Promise<GeneratedToken[]> {
  const tokens: GeneratedToken[] = [];
  for await (const token of generate(model, params, setup(changes))) tokens.push(token);
  return tokens;
}

const idsOf = (tokens: readonly GeneratedToken[]): number[] => tokens.map(({ id }) => id);

/** The state of a whole, unpadded sequence; the caller owns it. */
async function stateOf(
  model: LanguageModel,
  params: Params,
  tokens: readonly number[],
  memory?: SegmentMemory,
): Promise<tf.Tensor> {
  const problem = model.problem(params, { tokens: [[...tokens]], targets: [[...tokens]], memory });
  return (await solveForward(problem, tight)).z;
}

/** The most probable token after a sequence. */
async function naive(
  model: LanguageModel,
  params: Params,
  tokens: readonly number[],
  memory?: SegmentMemory,
): Promise<{ id: number; probability: number }> {
  const z = await stateOf(model, params, tokens, memory);
  const logits = tf.tidy(() => tf.reshape(model.logits(params, z), [tokens.length, -1]));
  const rows = (await logits.array()) as number[][];
  tf.dispose([z, logits]);
  return mostProbable(rows.at(-1) ?? [], 1)[0] ?? { id: -1, probability: NaN };
}

describe.each(tinyModels)('a $cell model', (config) => {
  const model = languageModel(config);

  test('greedy generation is the naive loop over the unpadded sequence', async () => {
    using params = noisyParams(model);
    const tokens = await collect(model, params, {});
    const sequence = [1, 4, 2];
    for (const { id, probability, status, top } of tokens) {
      const expected = await naive(model, params, sequence);
      expect(id).toBe(expected.id);
      expect(probability).toBeCloseTo(expected.probability, 4);
      expect(top[0]).toEqual({ id, probability });
      expect(['converged', 'stalled']).toContain(status);
      sequence.push(id);
    }
    expect(tokens).toHaveLength(5);
  });

  test.each([0, 3])('warm and cold starts agree, windows of 4, memory %d', async (memoryLength) => {
    using params = noisyParams(model);
    const sampling = { temperature: 1, topK: 0, topP: 1 };
    const common = { count: 7, window: 4, memoryLength, sampling };
    const run = (changes: Partial<GenerationSetup>): Promise<GeneratedToken[]> =>
      collect(model, params, { ...common, random: createRandom(5), ...changes });
    const cold = await run({});
    const warm = await run({ warmStart: true, compareEvery: 2 });
    // Past a full window, which the second token makes.
    const some = 5;
    expect(idsOf(await run({ count: some }))).toEqual(idsOf(cold).slice(0, some));
    expect(idsOf(warm)).toEqual(idsOf(cold));
    // The same solve from zero takes as long as it did in the cold run; almost, where the remembered
    // state came from another solve, since the last steps to the tolerance are round-off.
    const slack = memoryLength === 0 ? 0 : 5;
    const compared = warm.flatMap(({ coldEvaluations }, i) =>
      coldEvaluations === undefined ? [] : [{ i, coldEvaluations }],
    );
    expect(compared.length).toBeGreaterThan(1);
    for (const { i, coldEvaluations } of compared) {
      expect(i % 2).toBe(1);
      expect(Math.abs(coldEvaluations - (cold[i]?.evaluations ?? NaN))).toBeLessThanOrEqual(slack);
    }
    expect(cold.every(({ coldEvaluations }) => coldEvaluations === undefined)).toBe(true);
    const other = await run({ random: createRandom(6), count: some });
    expect(idsOf(other)).not.toEqual(idsOf(cold).slice(0, some));
  });

  test('stopping early frees everything', async () => {
    using params = noisyParams(model);
    const changes = { window: 2, memoryLength: 2, warmStart: true };
    const running = generate(model, params, setup(changes));
    await running.next();
    await running.next();
    await running.return();
    // One that was never started holds nothing.
    await generate(model, params, setup()).return();
  });

  test('an explicit network makes its evaluations, from zero', async () => {
    using params = noisyParams(model);
    const changes = { solver: { depth: 3 }, compareEvery: 1 };
    const cold = await collect(model, params, changes);
    const warm = await collect(model, params, { ...changes, warmStart: true });
    expect(warm).toEqual(cold);
    expect(cold.map(({ evaluations }) => evaluations)).toEqual([3, 3, 3, 3, 3]);
    expect(cold[0]?.coldEvaluations).toBeUndefined();
  });
});

const long = [1, 4, 2, 6, 0, 3];

test.each([tinyTransformer, tinyTrellis])(
  'a prompt longer than the window, $cell',
  async (config) => {
    const model = languageModel(config);
    using params = noisyParams(model);
    // Without memory the last half of a full window stays: 1 4 2 6 → 2 6 0 3.
    const [forgetful] = await collect(model, params, { prompt: long, window: 4 });
    const short = await naive(model, params, [2, 6, 0, 3]);
    expect(forgetful?.probability).toBeCloseTo(short.probability, 4);
    expect(forgetful?.id).toBe(short.id);
    // With memory the full window is remembered: 1 4 2 6 | 0 3.
    const [mindful] = await collect(model, params, { prompt: long, window: 4, memoryLength: 3 });
    const batch = { tokens: [[1, 4, 2, 6]], targets: [[1, 4, 2, 6]] };
    const z = await stateOf(model, params, [1, 4, 2, 6]);
    const memory = model.remember(params, batch, z, 3);
    const remembered = await naive(model, params, [0, 3], memory);
    expect(mindful?.probability).toBeCloseTo(remembered.probability, 4);
    expect(mindful?.id).toBe(remembered.id);
    tf.dispose([z, memory?.z ?? [], memory?.u ?? []]);
  },
);

test('over a whole window a warm start saves evaluations', async () => {
  const model = languageModel(tinyTrellis);
  using params = noisyParams(model);
  const changes = { prompt: [...long, ...long], window: 24, count: 6, reuse: false };
  const total = (tokens: readonly GeneratedToken[]): number =>
    tokens.reduce((sum, { evaluations }) => sum + evaluations, 0);
  const cold = total(await collect(model, params, changes));
  const warm = total(await collect(model, params, { ...changes, warmStart: true }));
  expect(warm).toBeLessThan(0.9 * cold);
});

test('what makes no sense is refused with words', async () => {
  const model = languageModel(tinyTanh);
  using params = noisyParams(model);
  const first = (changes: Partial<GenerationSetup>): Promise<unknown> =>
    generate(model, params, setup(changes)).next();
  await expect(first({ prompt: [] })).rejects.toThrow('prompt');
  await expect(first({ prompt: [99] })).rejects.toThrow('vocabulary');
  await expect(first({ window: 0 })).rejects.toThrow('window');
  await expect(first({ sampling: { ...greedy, topP: 2 } })).rejects.toThrow('topP');
});
