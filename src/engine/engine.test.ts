import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { experiment, wire } from '../../test/engineWire.ts';
import * as tf from '../tf/index.ts';
import { connect, EngineError, type Engine, type EnginePort } from './client.ts';
import type { EngineEvent, IterationRecord } from './protocol/protocol.ts';

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

const records = (): IterationRecord[] =>
  events.flatMap((event) => (event.event === 'records' ? event.records : []));

const residuals = (): number[][] => records().map(({ rel }) => rel);

describe('stepping', () => {
  test('each step adds a record; the first is iteration 0', async () => {
    const report = await engine.configure(experiment());
    expect(report.shape).toEqual([1, 11, 16]);
    expect(report.parameters).toBeGreaterThan(1000);
    expect(records()).toEqual([]);
    await engine.step('forward', 1);
    await engine.step('forward', 2);
    expect(records().map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect(events.every((e) => e.event === 'records' && e.solve === report.solve)).toBe(true);
  });

  test('a run ends where the solve ends, and further steps do nothing', async () => {
    await engine.configure(experiment());
    const { status } = await engine.run('forward');
    expect(status).toBe('converged');
    const made = records().length;
    expect((await engine.step('forward', 1)).status).toBe('converged');
    expect(records()).toHaveLength(made);
  });

  test('reset replays the same numbers to the last digit', async () => {
    await engine.configure(experiment());
    await engine.run('forward');
    const first = residuals();
    events = [];
    await engine.reset();
    await engine.run('forward');
    expect(residuals()).toEqual(first);
  });

  test('the same experiment gives the same numbers, another seed does not', async () => {
    await engine.configure(experiment());
    await engine.step('forward', 5);
    const first = residuals();
    events = [];
    await engine.configure(experiment());
    await engine.step('forward', 5);
    expect(residuals()).toEqual(first);
    events = [];
    await engine.configure(experiment({ 'random.seed': 7 }));
    await engine.step('forward', 5);
    expect(residuals()).not.toEqual(first);
  });

  test('a character more does not change the weights of the others', async () => {
    await engine.configure(experiment({ 'cell.kind': 'tanh', 'input.text': 'ab' }));
    await engine.step('forward', 3);
    const [a] = records().at(-1)?.rel ?? [];
    events = [];
    await engine.configure(experiment({ 'cell.kind': 'tanh', 'input.text': 'aé😀b' }));
    await engine.step('forward', 3);
    expect(records().at(-1)?.rel[0]).toBeCloseTo(a ?? NaN, 6);
    expect(records().at(-1)?.rel).toHaveLength(4);
  });
});

describe('interrupting', () => {
  test('stops a run between two records, and the run goes on from there', async () => {
    await engine.configure(experiment({ 'solver.tolerance': 1e-8, 'solver.maxIterations': 200 }));
    const running = engine.run('forward', 50);
    await vi.waitFor(
      () => {
        expect(records().length).toBeGreaterThan(1);
      },
      { timeout: 30_000 },
    );
    engine.interrupt();
    expect(await running).toMatchObject({ status: 'running', interrupted: true });
    const made = records().length;
    expect(made).toBeGreaterThan(1);
    expect(made).toBeLessThan(200);
    await engine.step('forward', 1);
    expect(records().map(({ iteration }) => iteration)).toEqual(
      Array.from({ length: made + 1 }, (_, i) => i),
    );
  });

  test('reaches a run that waits in the queue', async () => {
    const configured = engine.configure(experiment());
    const running = engine.run('forward');
    engine.interrupt();
    await configured;
    expect(await running).toMatchObject({ interrupted: true });
    expect(records()).toEqual([]);
  });

  test('is heard during an unpaced run, though every await there is a microtask', async () => {
    await engine.configure(
      experiment({
        'solver.method': 'picard',
        'solver.tolerance': 1e-8,
        'solver.maxIterations': 200,
      }),
    );
    const running = engine.run('forward');
    setTimeout(engine.interrupt, 30);
    expect(await running).toMatchObject({ interrupted: true });
  });
});

test('an unpaced run sends at most ten batches a second', async () => {
  await engine.configure(
    experiment({
      'cell.kind': 'tanh',
      'cell.gain': 4,
      'solver.maxIterations': 150,
      'solver.tolerance': 1e-8,
      'solver.method': 'picard',
    }),
  );
  const started = performance.now();
  await engine.run('forward');
  const seconds = (performance.now() - started) / 1000;
  expect(records()).toHaveLength(151);
  expect(events.length).toBeLessThanOrEqual(10 * seconds + 2);
});

test('no tensor is left behind by 50 configurations, stopped at every stage', async () => {
  await engine.configure(experiment());
  const before = tf.memory().numTensors;
  for (let i = 0; i < 50; i++) {
    const method = (['picard', 'anderson', 'broyden'] as const)[i % 3];
    const kind = i % 2 === 0 ? 'transformer' : 'tanh';
    const changes = { 'solver.method': method, 'cell.kind': kind, 'random.seed': i };
    await engine.configure(experiment(changes));
    await engine.step('forward', i % 5);
    if (i % 7 === 0) await engine.reset();
    if (i % 4 === 3) {
      await engine.step('forward', 2);
      await engine.openBackward(experiment().backward);
      await engine.step('backward', i % 3);
    }
  }
  await engine.configure(experiment());
  expect(tf.memory().numTensors).toBe(before);
});

test('a command before its time is refused in words', async () => {
  const fresh = connect(wire(), () => undefined);
  await expect(fresh.step('forward', 1)).rejects.toThrow(/configured/);
  await expect(fresh.configure(experiment())).rejects.toBeInstanceOf(EngineError);
});

test('what waits when the engine is disposed is cancelled', async () => {
  const waiting = engine.run('forward');
  engine.dispose();
  await expect(waiting).rejects.toMatchObject({ fault: { kind: 'cancelled' } });
});

test('a worker that cannot load rejects what waits and reports a fault', async () => {
  const seen: EngineEvent[] = [];
  const port: EnginePort = {
    postMessage: () => undefined,
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    terminate: () => undefined,
  };
  const broken = connect(port, (event) => seen.push(event));
  const waiting = broken.boot('auto');
  port.onerror?.({ message: 'not found' } as ErrorEvent);
  await expect(waiting).rejects.toThrow(/not found/);
  expect(seen).toMatchObject([{ event: 'fault', fault: { kind: 'internal' } }]);
});
