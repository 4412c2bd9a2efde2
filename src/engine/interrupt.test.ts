/** Commands that are ended early, at every point where one looks: nothing stays behind, and the next one is none the worse. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { experiment, wire } from '../../test/engineWire.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import * as tf from '../tf/index.ts';
import { connect, type Engine, type EngineCalls } from './client.ts';
import { EngineFault, toFault } from './faults.ts';
import type { EngineEvent, Experiment, IterationRecord } from './protocol/protocol.ts';
import { turnOf, type SessionCommands } from './serve.ts';
import { createSession } from './session.ts';

const never = turnOf();
const dense = experiment({ 'cell.kind': 'tanh', 'input.text': 'abc', 'cell.width': 8 });
/** Too many numbers for every eigenvalue and for elimination. */
const large = experiment({
  'cell.width': 32,
  'input.text': 'seventeen letters',
  'backward.rank': 10,
});
const other = experiment({ 'cell.kind': 'tanh', 'input.text': 'abc', 'solver.method': 'picard' });

wasmInNode();

let session: SessionCommands;
let events: EngineEvent[];
let before: number;

beforeEach(async () => {
  events = [];
  session = createSession((event) => events.push(event));
  await session.boot(never, 'wasm');
  before = tf.memory().numTensors;
});
afterEach(async () => {
  await session.boot(never, 'wasm');
  expect(tf.memory().numTensors, 'tensors left behind').toBe(before);
});

/** A signal that is aborted at the look after `looks` of them, whoever takes it. */
function abortedAfter(looks: number): AbortSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const look = (): void => {
    if (looks-- <= 0) controller.abort(new EngineFault('cancelled', 'It was interrupted.'));
  };
  return new Proxy(signal, {
    get: (_, key) => {
      if (key === 'aborted' || key === 'throwIfAborted') look();
      const value: unknown = Reflect.get(signal, key, signal);
      return typeof value === 'function' ? (value.bind(signal) as unknown) : value;
    },
  });
}

const commands: Record<string, (signal: AbortSignal) => Promise<unknown>> = {
  spectrum: (signal) => session.spectrum(turnOf(signal)),
  compareGradients: (signal) => session.compareGradients(turnOf(signal), large.backward),
  inspect: (signal) => session.inspect(turnOf(signal), 200, 0),
  explain: (signal) => session.explain(turnOf(signal), 3, 0),
  fork: (signal) => session.fork(turnOf(signal), other, { iteration: 3 }),
  race: (signal) => session.race(turnOf(signal), [dense, other]),
};

const solved = async (setup: Experiment): Promise<IterationRecord[]> => {
  await session.configure(never, setup);
  events.length = 0;
  await session.run(never, 'forward');
  return events.flatMap((event) => (event.event === 'records' ? event.records : []));
};

const cases = [
  ...Object.keys(commands).map((name) => [name, 'a small problem', dense] as const),
  ...['spectrum', 'compareGradients'].map((name) => [name, 'a larger one', large] as const),
];

test.each(cases)('%s of %s can be ended anywhere', async (name, _, setup) => {
  const command = commands[name] as (signal: AbortSignal) => Promise<unknown>;
  const made = await solved(setup);
  for (const looks of [0, 1, 2, 5, 13]) {
    const tensors = tf.memory().numTensors;
    const ended = await command(abortedAfter(looks)).then(
      () => 'with what there is',
      (error: unknown) => toFault(error).kind,
    );
    expect(['cancelled', 'with what there is']).toContain(ended);
    if (name === 'spectrum' || name === 'compareGradients') {
      // The smallest spectrum takes two looks: products are made by the dozen.
      if (looks < 2) expect(ended).toBe('cancelled');
      expect(tf.memory().numTensors).toBe(tensors);
    }
    if (name === 'fork' && ended !== 'cancelled') await solved(setup);
  }
  // The solve is where it was: a fork from its third iteration starts there to the bit.
  await session.fork(never, other, { iteration: 3 });
  events.length = 0;
  await session.step(never, 'forward', 1);
  const [first] = events.flatMap((event) => (event.event === 'records' ? event.records : []));
  expect(first?.abs).toEqual(made[3]?.abs);
});

const slow: Record<string, (engine: EngineCalls) => Promise<unknown>> = {
  spectrum: (engine) => engine.spectrum(),
  compareGradients: (engine) => engine.compareGradients(large.backward),
};

describe('through the client', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = connect(wire(), () => undefined);
    await engine.boot('wasm');
    await engine.configure(large);
    await engine.run('forward');
  });
  afterEach(async () => {
    await engine.boot('wasm');
  });
  const ask = (name: string, calls: EngineCalls): Promise<unknown> =>
    slow[name]?.(calls) ?? Promise.reject(new Error(name));
  const cancelled = { fault: { kind: 'cancelled' } };

  test.each(Object.keys(slow))('an interrupt is heard in the middle of %s', async (name) => {
    const running = ask(name, engine);
    // Not a microtask: it comes only where the work lets the event loop run.
    setTimeout(() => {
      engine.interrupt();
    });
    await expect(running).rejects.toMatchObject(cancelled);
    expect((await engine.step('forward', 1)).status).toBe('converged');
  });

  test('one command is ended alone, waiting or running, and news of it go to whoever asked', async () => {
    const stops = [0, 1, 2].map(() => new AbortController());
    const news: string[][] = [[], []];
    const [race, comparison, spectrum] = [
      engine
        .with({ signal: stops[0]?.signal ?? never.signal })
        .with({ onProgress: ({ label }) => news[0]?.push(label) })
        .race([large, large]),
      engine
        .with({
          signal: stops[1]?.signal ?? never.signal,
          onProgress: ({ label }) => news[1]?.push(label),
        })
        .compareGradients(large.backward),
      engine.with({ signal: stops[2]?.signal ?? never.signal }).spectrum(),
    ];
    stops[2]?.abort();
    setTimeout(() => stops[0]?.abort());
    const rows = await race;
    expect(rows.every(({ times }) => times === null || times.runs < 5)).toBe(true);
    await expect(spectrum).rejects.toMatchObject(cancelled);
    // The comparison was neither the one nor the other.
    expect((await comparison).rows).toHaveLength(5);
    expect(news[0]?.every((label) => /Warming up|round/.test(label))).toBe(true);
    expect(news[1]).toHaveLength(6);
    // One that is asked with a signal aborted before is never begun in earnest.
    const late = engine.with({ signal: AbortSignal.abort() }).compareGradients(large.backward);
    await expect(late).rejects.toMatchObject(cancelled);
    expect(await engine.with({ signal: AbortSignal.abort() }).race([large])).toEqual([]);
  });
});
