/** The record of results by commit sees what has become slower, whatever the machine. */
import { expect, test } from 'vitest';
import { changesSince, changesText, entryOf, historyTable, withRun } from './history.mjs';
import type { Report, Row } from './rows.ts';

const row = (change: Partial<Row>): Row => ({
  ...{ work: 'f', size: 'medium', variant: 'fused', medianMs: 20, dispatches: 8, readbacks: 0 },
  ...{ pipelines: 0, pipelinesAfterWarmUp: 0, peakBytes: 1000, samples: 3, spread: [19, 21] },
  ...change,
});

/** A run on a machine that is so many times as slow. */
const run = (slower: number, broyden: Partial<Row> = {}): Report => ({
  host: {
    ...{ date: '2026-11-29T00:00:00Z', browser: 'Chrome/156', adapter: 'a GPU' },
    ...{ software: true, quick: false, seconds: 1 },
  },
  rows: [
    row({ medianMs: 20 * slower }),
    row({ variant: 'stock', medianMs: 400 * slower }),
    row({ work: 'broyden', medianMs: 25 * slower, dispatches: 12, ...broyden }),
  ],
  scaling: [],
  matmul: { f: {}, kernels: [], best: { name: 'none', gflops: 1 } },
  jaxDifference: 0,
});

test('a slower machine is no change', () => {
  const history = [entryOf(run(1), 'aaa')];
  expect(changesSince(history, entryOf(run(3), 'bbb'))?.changes).toEqual([]);
});

test('a work that has become slower, or asks for more, is', () => {
  const history = [entryOf(run(1), 'aaa')];
  const slow = entryOf(run(1, { medianMs: 40, dispatches: 13 }), 'bbb');
  const found = changesSince(history, slow);
  expect(found?.changes.map(({ what, worse }) => [what, worse])).toEqual([
    ["medium: broyden, fused: time, in stock's f", true],
    ['medium: broyden, fused: dispatches', true],
  ]);
  expect(changesText(found)).toContain('Since aaa (2026-11-29): 2 figures are worse, 0 better.');
  const fewer = entryOf(run(1, { dispatches: 11 }), 'bbb');
  expect(changesText(changesSince(history, fewer))).toContain('0 figures are worse, 1 better.');
});

test('runs of other adapters are not compared, and a commit has one row', () => {
  const first = entryOf(run(1), 'aaa');
  const other = { ...first, adapter: 'another', commit: 'bbb' };
  expect(changesSince([other], first)).toBeNull();
  expect(withRun([first, other], first).map(({ commit }) => commit)).toEqual(['bbb', 'aaa']);
  const [cells] = historyTable([first]).rows;
  expect(cells?.slice(0, 5)).toEqual(['aaa', '2026-11-29', '50.0', '–', '62.5']);
});
