import { expect, it } from 'vitest';
import type { IterationRecord } from '../../src/engine/protocol/protocol.ts';
import type { Observation } from '../../src/families/observation.ts';
import { tableOf } from './tables.ts';

const record = (iteration: number, rel: readonly number[]): IterationRecord =>
  ({
    iteration,
    evaluations: iteration + 1,
    milliseconds: 2,
    rel,
    abs: rel,
  }) as unknown as IterationRecord;

it('has of a residual chart every point of every line, zeros and infinities as they are', () => {
  const table = tableOf({
    kind: 'residuals',
    name: 'Anderson',
    chart: {
      records: [record(0, [1]), record(1, [Infinity]), record(2, [0])],
      measure: 'rel',
      axis: 'evaluations',
      tolerance: 1e-3,
      lines: [
        {
          key: 'b',
          name: '=Broyden',
          stroke: '',
          dash: '',
          faint: false,
          records: [record(0, [1])],
        },
      ],
    },
  });
  expect(table.columns).toEqual(['line', 'evaluations of f', 'relative residual', 'event']);
  expect(table.rows).toEqual([
    ['Anderson', 1, 1, null],
    ['Anderson', 2, Infinity, null],
    ['Anderson', 3, 0, null],
    ['=Broyden', 1, 1, null],
    ['tolerance', null, 1e-3, null],
  ]);
});

const observations: readonly Observation[] = [
  { kind: 'tokens', name: 't', positions: [[{ text: 'a', probability: 0.5 }]] },
  { kind: 'classes', name: 'c', labels: ['0', '1'], probability: [[0.25, 0.75]] },
  {
    ...{ kind: 'image', name: 'i', sample: 0, rows: 1, columns: 2, channels: 1 },
    data: Float32Array.of(1, 2),
    reference: Float32Array.of(3, 4),
  },
  { kind: 'curve', name: 'e', x: Float32Array.of(0), y: Float32Array.of(5), xName: 'k', unit: 'J' },
  { kind: 'matrix', name: 'm', rows: 2, columns: 1, data: Float32Array.of(1, 2), symmetric: false },
  { kind: 'amplitudes', name: 'a', re: Float32Array.of(1), im: Float32Array.of(0), labels: ['0'] },
  {
    ...{
      kind: 'plane',
      name: 'p',
      rows: 1,
      columns: 1,
      data: Float32Array.of(0.5),
      x: [0, 2],
      y: [0, 4],
    },
    ...{ labels: ['in', 'out'], points: [{ x: 1, y: 1, label: 1, right: false }] },
  },
  { kind: 'figures', name: 'f', rows: [{ name: 'ρ', value: 0.5 }] },
];

it.each(observations)('has a row for each number in the picture of $kind', (shown) => {
  const { columns, rows } = tableOf({
    ...{ kind: 'observation', shown, history: [shown], iteration: 3, sample: 0 },
  });
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
  expect(rows).toEqual(
    {
      tokens: [[3, 1, 1, 'a', 0.5]],
      classes: [
        [3, '0', 0.25],
        [3, '1', 0.75],
      ],
      image: [
        [1, 1, 1, 3],
        [1, 2, 2, 4],
      ],
      curve: [[0, 5]],
      matrix: [
        [1, 1, 1],
        [2, 1, 2],
      ],
      amplitudes: [['|0⟩', 1, 0, 1, 0]],
      plane: [
        ['ground', 1, 2, 0.5, null, null],
        ['point', 1, 1, null, 'out', 'no'],
      ],
      figures: [['ρ', 0.5, undefined, undefined]],
    }[shown.kind],
  );
});
