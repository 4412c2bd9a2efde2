import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect, type EnginePort, type WhenReleased } from './client.ts';
import { toFault } from './faults.ts';
import { beat, givenUpAfter, quietAfter } from './heartbeat.ts';
import type { EngineEvent, Interrupt, Ping, Request } from './protocol/protocol.ts';
import { serve, type SessionCommands } from './serve.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A client on a worker that answers as told, and what it has been sent and has said. */
const open = (answers: 'nothing' | 'pings' = 'nothing', whenReleased?: WhenReleased) => {
  const sent: (Request | Interrupt | Ping)[] = [];
  const events: EngineEvent[] = [];
  const state = { answers, terminated: false };
  const port: EnginePort = {
    postMessage: (message) => {
      sent.push(message);
      if ('ping' in message && state.answers === 'pings') say({ pong: true });
    },
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    terminate: () => {
      state.terminated = true;
    },
  };
  const say = (data: unknown): void => {
    port.onmessage?.({ data } as MessageEvent<never>);
  };
  const life = whenReleased ? { lock: 'engine', whenReleased } : undefined;
  const engine = connect(port, (event) => events.push(event), life);
  const pings = (): number => sent.filter((message) => 'ping' in message).length;
  const faults = (): EngineEvent[] => events.filter(({ event }) => event === 'fault');
  const quiet = (): boolean[] =>
    events.flatMap((event) => (event.event === 'quiet' ? [event.quiet] : []));
  return { engine, port, say, state, pings, faults, quiet };
};

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('a worker that owes an answer', () => {
  test('and says nothing is told of, and then given up', async () => {
    const { engine, state, faults, quiet } = open();
    const waiting = engine.train().catch(toFault);
    await pass(quietAfter + beat);
    expect(quiet()).toEqual([true]);
    expect(faults()).toEqual([]);
    await pass(givenUpAfter);
    expect(faults()).toMatchObject([{ fault: { kind: 'engine-lost' } }]);
    expect(await waiting).toMatchObject({
      message: expect.stringContaining('2 minutes') as string,
    });
    expect(state.terminated).toBe(true);
    await expect(engine.train()).rejects.toMatchObject({ fault: { kind: 'engine-lost' } });
    await pass(givenUpAfter * 2);
    expect(faults()).toHaveLength(1);
  });

  test('and answers pings may take as long as it likes', async () => {
    const { engine, say, faults, quiet } = open('pings');
    const waiting = engine.train();
    await pass(20 * givenUpAfter);
    expect(faults()).toEqual([]);
    expect(quiet()).toEqual([]);
    say({ id: 0, ok: true, value: 'done' });
    expect(await waiting).toBe('done');
  });

  test('and has only been busy takes the warning back', async () => {
    const { engine, say, state, faults, quiet } = open();
    engine.train().catch(() => undefined);
    await pass(quietAfter + beat);
    state.answers = 'pings';
    say({ event: 'compiling', active: true });
    await pass(5 * givenUpAfter);
    expect(quiet()).toEqual([true, false]);
    expect(faults()).toEqual([]);
  });

  test('is asked nothing once it has answered', async () => {
    const { engine, say, pings } = open();
    const waiting = engine.reset();
    await pass(2 * beat);
    const before = pings();
    expect(before).toBeGreaterThan(0);
    say({ id: 0, ok: true, value: null });
    await waiting;
    await pass(givenUpAfter * 3);
    expect(pings()).toBe(before);
  });

  test('is not given up for the time that the computer slept or the tab was throttled', async () => {
    const { engine, faults, state } = open();
    engine.train().catch(() => undefined);
    await pass(2 * beat);
    // Eight hours in which no timer ran.
    const clock = vi.spyOn(performance, 'now');
    const asleep = 8 * 3_600_000;
    const awake = performance.now();
    clock.mockImplementation(() => awake + asleep + Date.now() - start);
    const start = Date.now();
    await pass(beat);
    state.answers = 'pings';
    await pass(10 * givenUpAfter);
    expect(faults()).toEqual([]);
    clock.mockRestore();
  });
});

describe('a worker that ends by itself', () => {
  test('is noticed by the lock it held, even with nothing to do', async () => {
    const released: (() => void)[] = [];
    const { say, faults, engine } = open('nothing', (_, callback) => released.push(callback));
    say({ pong: true, locked: true });
    const waiting = engine.train().catch(toFault);
    for (const callback of released) callback();
    expect(faults()).toMatchObject([{ fault: { kind: 'engine-lost' } }]);
    expect(await waiting).toMatchObject({ message: 'The engine’s worker has ended by itself.' });
  });

  test('because it was ended on purpose is no fault', async () => {
    const released: (() => void)[] = [];
    const { say, faults, engine } = open('nothing', (_, callback, signal) => {
      signal.addEventListener('abort', callback);
      released.push(callback);
    });
    say({ pong: true, locked: true });
    engine.dispose();
    for (const callback of released) callback();
    await pass(givenUpAfter * 2);
    expect(faults()).toEqual([]);
  });
});

test('an answer that cannot be read rejects what waits, with words', async () => {
  const { engine, port, faults } = open();
  const waiting = engine.reset();
  port.onmessageerror?.({} as MessageEvent);
  await expect(waiting).rejects.toThrow(/could not read/);
  expect(faults()).toHaveLength(1);
});

test('a ping is answered while a command runs', async () => {
  const said: unknown[] = [];
  const session = { reset: () => new Promise(() => undefined) } as unknown as SessionCommands;
  const handle = serve(session, (message) => said.push(message), toFault);
  handle({ id: 0, command: 'reset', args: [] });
  await pass(1);
  handle({ ping: true });
  expect(said).toEqual([{ pong: true }]);
});
