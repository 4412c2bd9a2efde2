/** Positions solved one by one, against the whole sequence solved at once. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { noisyParams } from '../../../test/noisyParams.ts';
import { tinyTanh, tinyTransformer, tinyTrellis, vocabulary } from '../../../test/tinyModels.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { createRandom } from '../../data/random.ts';
import { solveForward } from '../../implicit/valueAndGradient.ts';
import { solvePlain } from '../../numerics/plain/solve.ts';
import { plainMethod } from '../../numerics/options.ts';
import type { SolverOptions } from '../../numerics/solver.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { openModelFile } from './modelFile.ts';
import { readFile } from '../modelFile.ts';
import {
  generate,
  generateBatch,
  type GeneratedToken,
  type GenerationOptions,
} from './generate.ts';
import {
  languageModel,
  type LanguageModel,
  type LanguageModelConfig,
  type SegmentMemory,
} from './languageModel.ts';
import type { Params } from '../../tf/params.ts';
import { readWeights, type Sequence } from './sequence.ts';

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

/** Every cell, and every setting of one that changes what a position reads of others. */
const configs: readonly (readonly [string, LanguageModelConfig])[] = [
  ['transformer', tinyTransformer],
  [
    'transformer, pre-LN, one head',
    { ...tinyTransformer, preLayerNorm: true, heads: 1, gain: 0.1 },
  ],
  ['TrellisNet, kernel 1', { ...tinyTrellis, kernel: 1 }],
  ['TrellisNet, kernel 2', { ...tinyTrellis, kernel: 2 }],
  ['TrellisNet, kernel 3', tinyTrellis],
  ['tanh', tinyTanh],
];

const plain = plainMethod(tight);

/** The equilibria of tokens, one after the other, each kept. */
function solveEach(sequence: Sequence, tokens: readonly number[]): Float64Array[] {
  return tokens.map((id) => {
    sequence.enter(id);
    if (!plain) throw new Error('Broyden solves on plain numbers.');
    const { z, status } = solvePlain(sequence.f, new Float64Array(sequence.width), plain, tight);
    expect(status).toBe('converged');
    sequence.keep(z);
    return z;
  });
}

/** The equilibrium of whole sequences solved at once, row by row and position by position, and their memory. */
async function solveWhole(
  model: LanguageModel,
  params: Params,
  tokens: number[][],
  { memory, remember = 0 }: { memory?: SegmentMemory | undefined; remember?: number } = {},
): Promise<{ rows: number[][]; memory: SegmentMemory | undefined; logits: number[][] }> {
  const batch = { tokens, targets: tokens, memory };
  const { z } = await solveForward(model.problem(params, batch), tight);
  const width = z.shape.at(-1) ?? 1;
  const flat = tf.reshape(z, [z.size / width, width]);
  const logits = tf.tidy(() => model.logits(params, flat));
  const result = {
    rows: (await flat.array()) as number[][],
    logits: (await logits.array()) as number[][],
    memory: model.remember(params, batch, z, remember),
  };
  tf.dispose([z, flat, logits]);
  return result;
}

/** To what two solves to 1e-6 can differ by; a wrong neighbour makes it some hundredths. */
function expectNear(found: ArrayLike<number>, expected: readonly number[] | undefined): void {
  expect(found.length).toBe(expected?.length);
  for (const [i, value] of (expected ?? []).entries())
    expect(Math.abs((found[i] ?? NaN) - value)).toBeLessThan(3e-4);
}

const texts = [
  [1, 4, 2, 6, 0, 3],
  [5, 5, 1, 0, 2, 2],
];

describe.each(configs)('%s', (_, config) => {
  const model = languageModel(config);

  test('each position solved by itself has the state of the whole batch solved at once', async () => {
    using params = noisyParams(model);
    const weights = await readWeights(params);
    const whole = await solveWhole(model, params, texts);
    for (const [row, tokens] of texts.entries()) {
      const sequence = model.sequence(weights);
      for (const [at, z] of solveEach(sequence, tokens).entries()) {
        expectNear(z, whole.rows[row * tokens.length + at]);
        expectNear(sequence.logits(z), whole.logits[row * tokens.length + at]);
      }
    }
  });

  // Shorter than a segment, as long, and longer: then some of the segment before is remembered too.
  test.each([2, 3, 5])('segments of 3 that remember %d positions', async (remember) => {
    using params = noisyParams(model);
    const sequence = model.sequence(await readWeights(params));
    let memory: SegmentMemory | undefined;
    for (const tokens of [
      [1, 4, 2],
      [6, 0, 3],
      [2, 2, 5],
    ]) {
      const whole = await solveWhole(model, params, [tokens], { memory, remember });
      for (const [at, z] of solveEach(sequence, tokens).entries()) expectNear(z, whole.rows[at]);
      sequence.begin(remember);
      tf.dispose([memory?.z ?? [], memory?.u ?? []]);
      memory = whole.memory;
    }
    tf.dispose([memory?.z ?? [], memory?.u ?? []]);
    // One that begins anew knows nothing of all that.
    sequence.begin(0);
    const fresh = await solveWhole(model, params, [[3, 1]]);
    for (const [at, z] of solveEach(sequence, [3, 1]).entries()) expectNear(z, fresh.rows[at]);
  });

  test.each([
    [0, true],
    [3, false],
  ])(
    'writes what the whole window does, past it: memory %d, warm %o',
    async (memoryLength, warmStart) => {
      using params = noisyParams(model);
      const options: GenerationOptions = {
        ...{ count: 9, window: 5, memoryLength, warmStart, solver: tight },
        sampling: { temperature: 1, topK: 0, topP: 1 },
        random: createRandom(4),
      };
      const prompts = [
        [1, 4, 2],
        [0, 6, 3, 3, 2, 1, 4],
      ];
      const rows = prompts.map(() => [] as GeneratedToken[]);
      for await (const tokens of generateBatch(model, params, { ...options, prompts }))
        for (const [row, token] of tokens.entries()) rows[row]?.push(token);
      for (const [row, prompt] of prompts.entries()) {
        const whole: GeneratedToken[] = [];
        const random = createRandom(4).fork(`row ${row}`);
        const setup = { ...options, prompt, random, reuse: false };
        for await (const token of generate(model, params, setup)) whole.push(token);
        const kept = rows[row] ?? [];
        expect(kept.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
        for (const [i, { probability }] of whole.entries())
          expect(kept[i]?.probability).toBeCloseTo(probability, 4);
        expect(new Set(kept.map(({ positions }) => positions))).toEqual(new Set([1]));
        expect(whole[0]?.positions).toBe(config.cell === 'tanh' ? 1 : 5);
      }
    },
  );
});

test('what is solved beside the new tokens is told: the prompt, and a window that has moved', async () => {
  const model = languageModel(tinyTransformer);
  using params = noisyParams(model);
  const others = async (memoryLength: number): Promise<boolean[]> => {
    const found: boolean[] = [];
    for await (const { otherEvaluations } of generate(model, params, {
      ...{ prompt: [1, 4, 2], count: 6, window: 5, memoryLength, warmStart: false },
      ...{ solver: tight, random: createRandom(1) },
      sampling: { temperature: 0, topK: 0, topP: 1 },
    }))
      found.push(otherEvaluations > 0);
    return found;
  };
  // The fourth token, id 3 of the text, finds the window full.
  expect(await others(0)).toEqual([true, false, false, true, false, false]);
  expect(await others(3)).toEqual([true, false, false, false, false, false]);
});

test('a solver that works on tensors alone, and the explicit network, go over the whole window', async () => {
  const model = languageModel(tinyTransformer);
  using params = noisyParams(model);
  for (const solver of [
    { ...tight, lineSearch: true },
    { ...tight, method: 'newton-gmres' },
    { depth: 4 },
  ] as const)
    for await (const { positions } of generate(model, params, {
      ...{ prompt: [1], count: 1, window: 4, memoryLength: 0, warmStart: false, solver },
      ...{ sampling: { temperature: 0, topK: 0, topP: 1 }, random: createRandom(1) },
    }))
      expect(positions).toBe(4);
});

test('a batch that is left early frees everything, and an empty prompt is refused', async () => {
  const model = languageModel(tinyTrellis);
  using params = noisyParams(model);
  const options: GenerationOptions = {
    ...{ count: 9, window: 3, memoryLength: 2, warmStart: true, reuse: false, solver: tight },
    ...{ sampling: { temperature: 0, topK: 0, topP: 1 }, random: createRandom(1) },
  };
  const running = generateBatch(model, params, { ...options, prompts: [[1], [2, 3]] });
  expect((await running.next()).value).toHaveLength(2);
  await running.return();
  const refused = generateBatch(model, params, { ...options, prompts: [[1], []] });
  await expect(refused.next()).rejects.toThrow('prompt');
  const strange = { ...options, reuse: true, prompts: [[vocabulary]] };
  await expect(generateBatch(model, params, strange).next()).rejects.toThrow('vocabulary');
});

/** Ends so near the end of the window that the tokens below move it. */
const opening = 'Call me Ishmael. Some years ago, never mind how long precise';

test.each([0, 0.8])(
  'the pretrained model writes the tokens that whole windows do, at temperature %d',
  async (temperature) => {
    const head = readFile(Uint8Array.from(readFileSync('public/models/pretrained.safetensors')));
    const { model, params, tokenizer } = openModelFile(head);
    const { train } = head.experiment;
    const write = async (reuse: boolean): Promise<GeneratedToken[]> => {
      const tokens: GeneratedToken[] = [];
      for await (const token of generate(model, params, {
        prompt: Array.from(tokenizer.encode(opening)),
        ...{ count: 12, window: train.length, memoryLength: train.memory, reuse },
        solver: {
          method: 'broyden',
          rank: 30,
          maxIterations: 60,
          tolerance: 1e-4,
          stopMode: 'rel',
        },
        ...{ sampling: { temperature, topK: 0, topP: 1 }, random: createRandom(1) },
        warmStart: true,
      }))
        tokens.push(token);
      return tokens;
    };
    const [kept, whole] = [await write(true), await write(false)];
    expect(opening.length + kept.length).toBeGreaterThan(train.length + 1);
    expect(kept.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    for (const [i, { probability, status }] of kept.entries()) {
      expect(status).toBe('converged');
      expect(Math.abs(probability - (whole[i]?.probability ?? NaN))).toBeLessThan(2e-3);
    }
    tf.dispose(params);
  },
);
