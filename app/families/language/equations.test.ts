import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../../src/data/random.ts';
import { transformerModel } from '../../../src/families/language/transformerModel.ts';
import { tanhModel } from '../../../src/families/language/tanhModel.ts';
import { trellisModel } from '../../../src/families/language/trellisModel.ts';
import type { Architecture } from '../../../src/families/language/architecture.ts';
import { initBackend } from '../../../src/tf/backend.ts';
import * as tf from '../../../src/tf/index.ts';
import { tanhEquation, transformerEquation, trellisEquation } from './equations.tsx';
import type { EquationLine } from '../equation.tsx';

beforeAll(async () => {
  await initBackend('cpu');
});

type Rows = number[][];
type Values = Record<string, Rows>;
/** How each term, function and condition is computed, by its name on the card. */
interface Meaning {
  readonly terms: Readonly<Record<string, (values: Values) => Rows>>;
  readonly around?: Readonly<Record<string, (rows: Rows) => Rows>>;
  readonly where?: Readonly<Record<string, (rows: Rows) => Rows>>;
}

const known = <T>(table: Readonly<Record<string, T>> | undefined, id: string): T => {
  const found = table?.[id];
  if (found === undefined) throw new Error(`The card shows ${id}, which nothing computes.`);
  return found;
};
const add = (a: Rows, b: Rows): Rows =>
  a.map((row, i) => row.map((x, j) => x + (b[b.length === 1 ? 0 : i]?.[j] ?? NaN)));
const times = (a: Rows, b: Rows): Rows =>
  a.map((row) =>
    (b[0] ?? []).map((_, j) => row.reduce((sum, x, k) => sum + x * (b[k]?.[j] ?? NaN), 0)),
  );
const each =
  (f: (x: number) => number) =>
  (rows: Rows): Rows =>
    rows.map((row) => row.map(f));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const columns = (rows: Rows, from: number, to: number): Rows =>
  rows.map((row) => row.slice(from, to));
const beside = (...parts: Rows[]): Rows =>
  (parts[0] ?? []).map((_, i) => parts.flatMap((part) => part[i] ?? []));
const norm = (rows: Rows): Rows =>
  rows.map((row) => {
    const mean = row.reduce((a, b) => a + b, 0) / row.length;
    const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / row.length;
    return row.map((x) => (x - mean) / Math.sqrt(variance + 1e-5));
  });
const softmax = (rows: Rows): Rows =>
  rows.map((row) => {
    const powers = row.map(Math.exp);
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((x) => x / sum);
  });
const dot = (a: number[] = [], b: number[] = []): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);

/** f of a card, by its terms alone. */
function evaluate(lines: readonly EquationLine[], meaning: Meaning, start: Values): Rows {
  const values = { ...start };
  for (const { id, terms, around, where } of lines) {
    let sum = terms.map((one) => known(meaning.terms, one.id)(values)).reduce(add);
    if (around) sum = known(meaning.around, around.id)(sum);
    if (where) sum = known(meaning.where, where.id)(sum);
    values[id] = sum;
  }
  return values['f'] ?? [];
}

/** Random numbers for every parameter, biases too, as the engine's tensors and as rows. */
function parameters({ parameters: specs }: Architecture) {
  const random = createRandom(5);
  const rows: Values = {};
  const tensors: Record<string, tf.Tensor> = {};
  for (const { name, shape } of specs) {
    const width = shape.at(-1) ?? 1;
    const count = shape.reduce((a, b) => a * b, 1) / width;
    const table = Array.from({ length: count }, () =>
      Array.from({ length: width }, () => 1.6 * random.next() - 0.8),
    );
    rows[name] = table;
    tensors[name] = tf.tensor(table.flat(), [...shape]);
  }
  return { rows: (name: string): Rows => rows[name] ?? [], tensors };
}

/** The engine's f, and the card's, at a random z. */
async function compare(
  model: Architecture,
  tokens: number[],
  of: (rows: (name: string) => Rows) => readonly [readonly EquationLine[], Meaning],
): Promise<number> {
  const { rows, tensors } = parameters(model);
  const bound = model.bind({ tokens: [tokens], targets: [tokens] });
  const random = createRandom(8);
  const [fz, given] = tf.tidy(() => {
    const { shape } = bound.initialState();
    const z = tf.tensor(
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 2 * random.next() - 1),
      shape,
    );
    const flat = (x: tf.Tensor): tf.Tensor2D => tf.reshape(x, [-1, shape.at(-1) ?? 1]);
    return [flat(bound.f(tensors, bound.inject(tensors), z)), flat(z)] as const;
  });
  const [expected, z] = [await fz.array(), await given.array()];
  tf.dispose([fz, given, tensors]);
  const [lines, meaning] = of(rows);
  const found = evaluate(lines, meaning, { z });
  expect(found.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  return Math.max(
    ...found.flatMap((row, i) => row.map((x, j) => Math.abs(x - (expected[i]?.[j] ?? NaN)))),
  );
}

const tokens = [2, 0, 1, 3, 2];
const embedded = (rows: (name: string) => Rows): Rows =>
  tokens.map((id) => rows('embedding')[id] ?? []);

const tanhMeaning = (p: (name: string) => Rows): Meaning => ({
  terms: {
    state: (v) => times(v['z'] ?? [], p('state.weight')),
    input: () => times(embedded(p), p('input.weight')),
    bias: () => tokens.map(() => p('input.bias')[0] ?? []),
  },
  around: { tanh: each(Math.tanh) },
});

const [d, heads] = [6, 3];
const size = d / heads;

function transformerMeaning(p: (name: string) => Rows): Meaning {
  const matrix = (name: string) => p(name);
  const everywhere = (name: string): Rows => tokens.map(() => p(name)[0] ?? []);
  /** Rows (head, i), columns j. */
  const scores = (of: (head: number, i: number, j: number) => number): Rows =>
    Array.from({ length: heads * tokens.length }, (_, row) =>
      tokens.map((__, j) => of(Math.floor(row / tokens.length), row % tokens.length, j)),
    );
  const part = (v: Values, which: 0 | 1 | 2, head: number, i: number): number[] =>
    (v['qkv']?.[i] ?? []).slice(which * d + head * size, which * d + (head + 1) * size);
  // A distance below 0 is masked.
  const r = (v: Values, head: number, distance: number): number[] =>
    (v['r']?.[Math.max(0, distance)] ?? []).slice(head * size, (head + 1) * size);
  return {
    terms: {
      token: () => times(each((x) => Math.sqrt(d) * x)(embedded(p)), matrix('inject.weight')),
      injectionBias: () => everywhere('inject.bias'),
      state: (v) => times(v['z'] ?? [], matrix('attention.qkv')),
      normalisedState: (v) => times(norm(v['z'] ?? []), matrix('attention.qkv')),
      injection: (v) => v['u'] ?? [],
      sinusoids: () =>
        times(
          tokens.map((_, n) =>
            [Math.sin, Math.cos].flatMap((wave) =>
              Array.from({ length: d / 2 }, (__, i) => wave(n * 10000 ** ((-2 * i) / d))),
            ),
          ),
          matrix('attention.position'),
        ),
      content: (v) => scores((h, i, j) => dot(part(v, 0, h, i), part(v, 1, h, j))),
      contentBias: (v) => scores((h, _, j) => dot(p('attention.contentBias')[h], part(v, 1, h, j))),
      position: (v) => scores((h, i, j) => dot(part(v, 0, h, i), r(v, h, i - j))),
      positionBias: (v) => scores((h, i, j) => dot(p('attention.positionBias')[h], r(v, h, i - j))),
      heads: (v) => {
        const weights = softmax(v['s'] ?? []);
        const mixed = tokens.map((_, i) =>
          Array.from({ length: heads }, (__, h) => {
            const row = weights[h * tokens.length + i] ?? [];
            return Array.from({ length: size }, (___, c) =>
              row.reduce((sum, w, j) => sum + w * (part(v, 2, h, j)[c] ?? NaN), 0),
            );
          }).flat(),
        );
        return times(mixed, matrix('attention.out'));
      },
      outBias: () => everywhere('attention.outBias'),
      z: (v) => v['z'] ?? [],
      a: (v) => v['a'] ?? [],
      y: (v) => v['y'] ?? [],
      hidden: (v) => times(v['y'] ?? [], matrix('feedForward.in')),
      hiddenBias: () => everywhere('feedForward.inBias'),
      fed: (v) => times(v['h'] ?? [], matrix('feedForward.out')),
      fedBias: () => everywhere('feedForward.outBias'),
    },
    around: {
      LN: norm,
      relu: each((x) => Math.max(0, x)),
      scaled: each((x) => x / Math.sqrt(size)),
    },
    where: {
      causal: (rows) =>
        rows.map((row, at) => row.map((x, j) => (j > at % tokens.length ? -Infinity : x))),
    },
  };
}

const [hidden, output, kernel] = [3, 4, 3];
const width = hidden + output;

function trellisMeaning(p: (name: string) => Rows): Meaning {
  const convolved = (rows: Rows, weight: Rows): Rows => {
    const features = rows[0]?.length ?? 0;
    return rows.map(
      (_, t) =>
        Array.from({ length: kernel }, (__, j) => {
          // The oldest tap comes first in the weights.
          const tap = weight.slice((kernel - 1 - j) * features, (kernel - j) * features);
          return times([rows[t - j] ?? new Array<number>(features).fill(0)], tap);
        }).reduce(add)[0] ?? [],
    );
  };
  const gate = (v: Values, at: number): Rows =>
    columns(v['gates'] ?? [], at * width, (at + 1) * width);
  const product = (a: Rows, b: Rows): Rows =>
    a.map((row, i) => row.map((x, j) => x * (b[i]?.[j] ?? NaN)));
  const everywhere = (name: string): Rows => tokens.map(() => p(name)[0] ?? []);
  return {
    terms: {
      tokens: () => convolved(embedded(p), p('inject.weight')),
      injectionBias: () => everywhere('inject.bias'),
      stateBias: () => everywhere('state.bias'),
      states: (v) => convolved(columns(v['z'] ?? [], 0, width), p('state.weight')),
      injection: (v) => v['u'] ?? [],
      kept: (v) => {
        const c = columns(v['z'] ?? [], width, 2 * width);
        const before = [new Array<number>(width).fill(0), ...c.slice(0, -1)];
        return product(each(sigmoid)(gate(v, 3)), before);
      },
      written: (v) => product(each(sigmoid)(gate(v, 0)), each(Math.tanh)(gate(v, 2))),
      shown: (v) => product(each(sigmoid)(gate(v, 1)), each(Math.tanh)(v['c'] ?? [])),
      both: (v) => beside(v['h'] ?? [], v['c'] ?? []),
    },
  };
}

const cards = [
  ['tanh', tanhModel({ cell: 'tanh', vocabulary: 4, width: 5 }), tanhEquation, tanhMeaning],
  ...(['post', 'pre'] as const).map(
    (layerNorm) =>
      [
        `transformer, ${layerNorm}-LN`,
        transformerModel({
          ...{ cell: 'transformer', vocabulary: 4, dModel: d, heads, dInner: 8 },
          ...{ preLayerNorm: layerNorm === 'pre', memoryLength: 0 },
        }),
        transformerEquation(layerNorm),
        transformerMeaning,
      ] as const,
  ),
  [
    'TrellisNet',
    trellisModel({
      ...{ cell: 'trellis', vocabulary: 4, dEmbed: output, dHidden: hidden },
      ...{ dOutput: output, kernel },
    }),
    trellisEquation,
    trellisMeaning,
  ],
] as const;

it.each(cards)(
  'the equation of the %s cell is the map that runs',
  async (_, model, lines, meaning) => {
    expect(await compare(model, tokens, (p) => [lines, meaning(p)])).toBeLessThan(1e-5);
  },
);

it.each(cards)(
  'the equation of the %s cell has no term that does nothing',
  async (_, model, lines, meaning) => {
    for (const [at, line] of lines.entries())
      for (const dropped of line.terms) {
        // A line of one term is the term itself.
        if (line.terms.length === 1) continue;
        const less = lines.with(at, {
          ...line,
          terms: line.terms.filter((one) => one !== dropped),
        });
        const error = await compare(model, tokens, (p) => [less, meaning(p)]);
        expect(error, `${line.id} without ${dropped.id}`).toBeGreaterThan(1e-3);
      }
  },
);
