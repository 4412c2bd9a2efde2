import { expect, test } from 'vitest';
import { experiment } from '../../test/engineWire.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import * as tf from '../tf/index.ts';
import type { EngineEvent } from './protocol/protocol.ts';
import { turnOf } from './serve.ts';
import { createSession } from './session.ts';

wasmInNode();

test('iterations are timed beside the solve on screen, which goes on as it would have, and no peak counts them', async () => {
  const events: EngineEvent[] = [];
  const session = createSession((event) => events.push(event));
  const never = turnOf();
  const recordsOf = async (timed: boolean) => {
    await session.boot(never, 'wasm');
    await session.configure(never, experiment());
    events.length = 0;
    await session.step(never, 'forward', 3);
    const tensors = tf.memory().numTensors;
    if (timed) {
      const told = events.length;
      expect(await session.timeIterations(never, 20)).toBeGreaterThan(0);
      expect(events).toHaveLength(told);
      expect(tf.memory().numTensors).toBe(tensors);
    }
    await session.step(never, 'forward', 3);
    return events.flatMap((event) =>
      event.event === 'records'
        ? event.records.map(({ abs }) => ({ abs, peak: event.memory.peak }))
        : [],
    );
  };
  const alone = await recordsOf(false);
  const held = tf.memory().numTensors;
  expect(await recordsOf(true)).toEqual(alone);
  expect(alone).toHaveLength(6);
  const stop = new AbortController();
  stop.abort(new Error('given up'));
  await expect(session.timeIterations(turnOf(stop.signal), 1e9)).rejects.toThrow('given up');
  expect(tf.memory().numTensors).toBe(held);
});
