/** Commands that are ended early, at every point where one looks: nothing stays behind, and the next one is none the worse. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { experiment, wire } from '../../test/engineWire.ts';
import * as tf from '../tf/index.ts';
import { connect } from './client.ts';
import { EngineFault, toFault } from './faults.ts';
import type { EngineEvent, Experiment, IterationRecord } from './protocol/protocol.ts';
import type { SessionCommands } from './serve.ts';
import { createSession } from './session.ts';

const never = new AbortController().signal;
const dense = experiment({ 'cell.kind': 'tanh', 'input.text': 'abc', 'cell.width': 8 });
/** Too many numbers for every eigenvalue and for elimination. */
const large = experiment({
  'cell.width': 32,
  'input.text': 'seventeen letters',
  'backward.rank': 10,
});
const other = experiment({ 'cell.kind': 'tanh', 'input.text': 'abc', 'solver.method': 'picard' });

let session: SessionCommands;
let events: EngineEvent[];
let before: number;

beforeEach(async () => {
  events = [];
  session = createSession((event) => events.push(event));
  await session.boot(never, 'cpu');
  before = tf.memory().numTensors;
});
afterEach(async () => {
  await session.boot(never, 'cpu');
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
  spectrum: (signal) => session.spectrum(signal),
  compareGradients: (signal) => session.compareGradients(signal),
  inspect: (signal) => session.inspect(signal, 200, 0),
  explain: (signal) => session.explain(signal, 3, 0),
  fork: (signal) => session.fork(signal, other, { iteration: 3 }),
  race: (signal) => session.race(signal, [dense, other]),
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
      // The smallest spectrum takes eight looks.
      if (looks < 8) expect(ended).toBe('cancelled');
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

test.each(['spectrum', 'compareGradients'] as const)(
  'an interrupt is heard in the middle of %s',
  async (name) => {
    const engine = connect(wire(), () => undefined);
    await engine.boot('cpu');
    await engine.configure(large);
    await engine.run('forward');
    const running = engine[name]();
    // Not a microtask: it comes only where the work lets the event loop run.
    setTimeout(() => {
      engine.interrupt();
    });
    await expect(running).rejects.toMatchObject({ fault: { kind: 'cancelled' } });
    expect((await engine.step('forward', 1)).status).toBe('converged');
    await engine.boot('cpu');
  },
);
