/** The backward solve and the studies, through the protocol. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { experiment, wire } from '../../test/engineWire.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import { connect, type Engine } from './client.ts';
import type { EngineEvent, GradientRow, IterationRecord, Progress } from './protocol/protocol.ts';

wasmInNode();

let engine: Engine;
let events: EngineEvent[];

beforeEach(async () => {
  events = [];
  engine = connect(wire(), (event) => events.push(event));
  await engine.boot('wasm');
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
    const opened = await engine.openBackward(experiment().backward);
    expect(opened).toMatchObject({ phase: 'backward', status: 'running' });
    expect(opened.forwardResidual).toBeLessThan(1e-3);
    expect(opened.loss).toBeGreaterThan(0);
    await engine.step('backward', 1);
    await engine.step('backward', 2);
    expect(phaseRecords('backward').map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect((await engine.run('backward')).status).toBe('converged');
    const first = phaseRecords('backward').map(({ rel }) => rel);
    events = [];
    await engine.openBackward(experiment().backward);
    await engine.run('backward');
    expect(phaseRecords('backward').map(({ rel }) => rel)).toEqual(first);
    // The forward solve is where it was.
    expect((await engine.step('forward', 1)).status).toBe('converged');
  });

  test('takes other settings without another forward solve', async () => {
    const setup = experiment();
    await engine.configure(setup);
    await engine.run('forward');
    const { solve } = await engine.openBackward(setup.backward);
    await engine.run('backward');
    const [first] = phaseRecords('backward').slice(-1);
    events = [];
    const settings = { ...setup.backward, solver: 'picard', maxIterations: 3 } as const;
    const opened = await engine.openBackward(settings);
    expect(opened).toMatchObject({ solve: solve + 1, status: 'running' });
    expect((await engine.run('backward')).status).toBe('max-iterations');
    expect(phaseRecords('backward')).toHaveLength(4);
    expect(phaseRecords('backward').at(-1)?.rel).not.toEqual(first?.rel);
    expect(phaseRecords('forward')).toEqual([]);
  });

  test('needs a forward point, and says so', async () => {
    await engine.configure(experiment());
    await expect(engine.openBackward(experiment().backward)).rejects.toMatchObject({
      fault: { kind: 'bad-input' },
    });
    await expect(engine.spectrum()).rejects.toThrow(/Step the forward solve first/);
    await expect(engine.step('backward', 1)).rejects.toThrow(/not opened/);
  });

  test('that Picard cannot solve is reported as such', async () => {
    const setup = experiment({
      'cell.kind': 'tanh',
      'cell.gain': 1.5,
      'solver.method': 'anderson',
      'solver.maxIterations': 200,
    });
    await engine.configure(setup);
    await engine.run('forward');
    await engine.openBackward({ ...setup.backward, solver: 'picard' });
    expect((await engine.run('backward')).status).not.toBe('converged');
  });
});

test('the gradient meter ranks the methods: implicit exact, the truncated ones not', async () => {
  const setup = experiment({ 'input.text': 'the cat', 'solver.tolerance': 1e-6 });
  await engine.configure(setup);
  await engine.run('forward');
  const progress: Progress[] = [];
  const meter = engine.with({ onProgress: (news) => progress.push(news) });
  const { rows, reference, size } = await meter.compareGradients(setup.backward);
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
  expect(progress.length).toBe(rows.length + 1);
});

test('a reference that is itself solved comes with its status', async () => {
  const setup = experiment({ 'cell.kind': 'tanh', 'cell.width': 64, 'cell.gain': 0.6 });
  await engine.configure(setup);
  await engine.run('forward');
  expect(await engine.compareGradients({ ...setup.backward, terms: 1 })).toMatchObject({
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

test('a point is named by the iteration it was found at, not by the newest one', async () => {
  const setup = experiment({
    'cell.kind': 'tanh',
    'input.text': 'abc',
    'cell.gain': 1.5,
    'solver.method': 'picard',
    'solver.maxIterations': 12,
  });
  await engine.configure(setup);
  await engine.run('forward');
  const records = events.flatMap((event) => (event.event === 'records' ? event.records : []));
  // Every sample has its own best point; the latest found names them all.
  const curves = (records[0]?.rel ?? []).map((_, i) => records.map(({ rel }) => rel[i] ?? NaN));
  const lowest = curves.map((curve) => Math.min(...curve));
  const iteration = Math.max(...curves.map((curve, i) => curve.indexOf(lowest[i] ?? NaN)));
  // Or else the test says nothing.
  expect(iteration).toBeLessThan(records.length - 1);
  expect(await engine.spectrum()).toMatchObject({ iteration });
  expect(await engine.compareGradients(setup.backward)).toMatchObject({ iteration });
  const opened = await engine.openBackward(setup.backward);
  expect(opened).toMatchObject({ openedAt: iteration, forwardResidual: Math.max(...lowest) });
});

test('memory is measured variant by variant, with progress, until it is interrupted', async () => {
  const done: number[] = [];
  const heard = engine.with({ onProgress: (news) => done.push(news.done) });
  const reports = await heard.measureMemory(experiment(), 'deq', [6, 12]);
  expect(reports.map(({ depth }) => depth)).toEqual([6, 12]);
  expect(done).toEqual([0, 1, 2]);
  const measuring = engine.measureMemory(experiment(), 'unrolled', [4, 8, 48, 96]);
  engine.interrupt();
  expect((await measuring).length).toBeLessThan(4);
});

test('after Broyden SHINE has a row, and a seeded adjoint gets where the plain one does by fewer passes', async () => {
  const setup = experiment({
    'cell.kind': 'tanh',
    'cell.gain': 0.8,
    'cell.width': 8,
    ...{ 'solver.method': 'broyden', 'solver.tolerance': 1e-6 },
    ...{ 'backward.solver': 'broyden', 'backward.tolerance': 1e-5 },
  });
  await engine.configure(setup);
  await engine.run('forward');
  const rowsOf = async (seeded: boolean): Promise<readonly GradientRow[]> =>
    (await engine.compareGradients({ ...setup.backward, seeded })).rows;
  const [plain, seeded] = [await rowsOf(false), await rowsOf(true)];
  expect(plain.map(({ label }) => label).slice(0, 2)).toEqual(['Implicit, Broyden', 'SHINE']);
  expect(seeded[0]).toMatchObject({ label: 'Implicit, Broyden, seeded', status: 'converged' });
  expect(seeded[0]?.relativeError).toBeLessThan(1e-3);
  expect(seeded[0]?.backwardPasses).toBeLessThan(plain[0]?.backwardPasses ?? 0);
  expect(plain[1]).toMatchObject({ kind: 'shine', backwardPasses: 1 });
  // In the Solve view the seeded solve is stepped like any other.
  const passes: number[] = [];
  for (const one of [false, true]) {
    await engine.openBackward({ ...setup.backward, seeded: one });
    events = [];
    await engine.run('backward');
    passes.push(
      events.flatMap((event) => (event.event === 'records' ? event.records : [])).at(-1)
        ?.evaluations ?? NaN,
    );
  }
  expect(passes[1]).toBeLessThan(passes[0] ?? 0);
});
