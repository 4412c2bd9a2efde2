import { beforeEach, describe, expect, test } from 'vitest';
import { experiment, wire } from '../../test/engineWire.ts';
import { goldenFiles } from '../../test/golden.ts';
import * as tf from '../tf/index.ts';
import { connect, type Engine } from './client.ts';
import type { CheckReport, CheckRow, CheckSource } from './protocol/protocol.ts';

let engine: Engine;
let rows: CheckRow[];
let onRow: () => void;

beforeEach(async () => {
  rows = [];
  onRow = () => undefined;
  engine = connect(wire(), () => undefined);
  await engine.boot('cpu');
});

const check = (sources: readonly CheckSource[]): Promise<CheckReport> =>
  engine
    .with({
      onProgress: ({ checks = [] }) => {
        rows.push(...checks);
        if (checks.length > 0) onRow();
      },
    })
    .check(sources);

/** The smallest file, with something changed. */
function source(change: (file: { f_of_z_probe: { data: number[] } }) => void): CheckSource {
  const file = structuredClone(goldenFiles['tanh-contractive']);
  if (!file) throw new Error('There is no such file.');
  change(file);
  return { name: 'tanh-contractive', json: JSON.stringify(file) };
}

describe('the numbers check', () => {
  test('passes on right numbers, reports each row once and leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    const report = await check([source(() => undefined)]);
    expect(report.rows).toHaveLength(1 + 5 + 8 + 5);
    expect(report.rows.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.total).toBe(report.rows.length);
    expect(rows).toEqual(report.rows);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('reports a wrong number as failed, and goes on', async () => {
    const wrong = source(({ f_of_z_probe: { data } }) => {
      data[0] = (data[0] ?? 0) + 1e-4;
    });
    const report = await check([wrong]);
    const failed = report.rows.filter(({ passed }) => !passed);
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ group: 'cell', bound: 2e-5 });
    expect(failed[0]?.error).toBeCloseTo(1e-4, 5);
  });

  test('reports a number that is missing as failed', async () => {
    const report = await check([source(({ f_of_z_probe: { data } }) => data.pop())]);
    expect(report.rows[0]).toMatchObject({ error: NaN, passed: false });
  });

  test('says what could not be computed', async () => {
    const broken = source((file) => {
      Object.assign(file, { solvers: {} });
    });
    const { rows: found, total } = await check([broken]);
    expect(found).toHaveLength(total);
    const failed = found.filter(({ passed }) => !passed);
    expect(failed.map(({ group }) => group)).toEqual(Array(5).fill('solver'));
    expect(failed[0]?.problem).toBeTruthy();
  });

  test('can be interrupted', async () => {
    onRow = () => {
      engine.interrupt();
    };
    const right = source(() => undefined);
    const report = await check([right, { ...right, name: 'again' }]);
    expect(report.rows.length).toBeLessThan(report.total);
    // The engine is still of use.
    await engine.configure(experiment());
  });

  test('refuses what is no file of reference values', async () => {
    await expect(check([{ name: 'x', json: '<html>' }])).rejects.toThrow(/x could not be/);
  });
});
