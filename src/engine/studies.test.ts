/** The backward solve and the studies, through the protocol. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { experiment, wire } from '../../test/engineWire.ts';
import { connect, type Engine } from './client.ts';
import type { EngineEvent, GradientRow, IterationRecord } from './protocol/protocol.ts';

let engine: Engine;
let events: EngineEvent[];

beforeEach(async () => {
  events = [];
  engine = connect(wire(), (event) => events.push(event));
  await engine.boot('cpu');
});
afterEach(() => {
  engine.dispose();
});

describe('the backward solve', () => {
  const phaseRecords = (phase: string): IterationRecord[] =>
    events.flatMap((event) =>
      event.event === 'records' && event.phase === phase ? event.records : [],
    );

  test('is stepped like the forward one, and replayed by opening it again', async () => {
    await engine.configure(experiment());
    await engine.run('forward');
    const opened = await engine.openBackward();
    expect(opened).toMatchObject({ phase: 'backward', status: 'running' });
    expect(opened.forwardResidual).toBeLessThan(1e-3);
    expect(opened.loss).toBeGreaterThan(0);
    await engine.step('backward', 1);
    await engine.step('backward', 2);
    expect(phaseRecords('backward').map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect((await engine.run('backward')).status).toBe('converged');
    const first = phaseRecords('backward').map(({ rel }) => rel);
    events = [];
    await engine.openBackward();
    await engine.run('backward');
    expect(phaseRecords('backward').map(({ rel }) => rel)).toEqual(first);
    // The forward solve is where it was.
    expect((await engine.step('forward', 1)).status).toBe('converged');
  });

  test('needs a forward point, and says so', async () => {
    await engine.configure(experiment());
    await expect(engine.openBackward()).rejects.toMatchObject({ fault: { kind: 'bad-input' } });
    await expect(engine.spectrum()).rejects.toThrow(/Step the forward solve first/);
    await expect(engine.step('backward', 1)).rejects.toThrow(/not opened/);
  });

  test('that Picard cannot solve is reported as such', async () => {
    await engine.configure(
      experiment({
        'cell.kind': 'tanh',
        'cell.gain': 1.5,
        'solver.method': 'anderson',
        'solver.maxIterations': 200,
        'backward.solver': 'picard',
      }),
    );
    await engine.run('forward');
    await engine.openBackward();
    expect((await engine.run('backward')).status).not.toBe('converged');
  });
});

test('the gradient meter ranks the methods: implicit exact, the truncated ones not', async () => {
  await engine.configure(experiment({ 'input.text': 'the cat', 'solver.tolerance': 1e-6 }));
  await engine.run('forward');
  const { rows, reference, size } = await engine.compareGradients();
  expect({ reference, size }).toEqual({ reference: 'dense', size: 7 * 16 });
  const of = (kind: string): GradientRow | undefined => rows.find((row) => row.kind === kind);
  expect(of('implicit')).toMatchObject({ status: 'converged' });
  expect(of('implicit')?.relativeError).toBeLessThan(1e-3);
  expect(of('one-step')?.relativeError).toBeGreaterThan(of('neumann')?.relativeError ?? NaN);
  // At the solver's depth, plain steps have not converged as far as the solver has.
  expect(of('unrolled')?.relativeError).toBeLessThan(0.2);
  for (const { cosine, peakBytes, milliseconds } of rows) {
    expect(cosine).toBeGreaterThan(0.3);
    expect(cosine).toBeLessThan(1 + 1e-6);
    expect(peakBytes).toBeGreaterThan(0);
    expect(milliseconds).toBeGreaterThan(0);
  }
  expect(of('unrolled')?.peakBytes).toBeGreaterThan(of('implicit')?.peakBytes ?? Infinity);
  const progress = events.filter(({ event }) => event === 'progress');
  expect(progress.length).toBe(rows.length + 1);
});

test('a reference that is itself solved comes with its status', async () => {
  await engine.configure(
    experiment({ 'cell.kind': 'tanh', 'cell.width': 64, 'cell.gain': 0.6, 'backward.terms': 1 }),
  );
  await engine.run('forward');
  expect(await engine.compareGradients()).toMatchObject({
    reference: 'implicit',
    referenceStatus: 'converged',
    size: 11 * 64,
  });
});

test('the spectrum of a small state has all its eigenvalues', async () => {
  const changes = { 'cell.kind': 'tanh', 'input.text': 'abc', 'cell.gain': 0.6 };
  await engine.configure(experiment(changes));
  await engine.run('forward');
  const { radius, sigma, eigenvalues, settled, method } = await engine.spectrum();
  expect({ settled, method }).toEqual({ settled: true, method: 'dense' });
  expect(eigenvalues).toHaveLength(48);
  expect(radius).toBeLessThanOrEqual(sigma + 1e-6);
  expect(radius).toBeLessThan(1);
});

test('memory is measured variant by variant, with progress, until it is interrupted', async () => {
  const reports = await engine.measureMemory(experiment(), 'deq', [6, 12]);
  expect(reports.map(({ depth }) => depth)).toEqual([6, 12]);
  const done = events.map((event) => (event.event === 'progress' ? event.done : -1));
  expect(done).toEqual([0, 1, 2]);
  const measuring = engine.measureMemory(experiment(), 'unrolled', [4, 8, 48, 96]);
  engine.interrupt();
  expect((await measuring).length).toBeLessThan(4);
});
