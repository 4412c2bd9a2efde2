/** What training does between two steps: at one schedule, of one set of weights, and of pictures only what is seen. */
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readBacks } from '../../test/readBacks.ts';
import { trainingExperiment, shortText } from '../../test/trainingSuite.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import { changeSettings, presetExperiment } from '../schema/experiment.ts';
import { initBackend } from '../tf/backend.ts';
import { MemoryMeter } from '../tf/memory.ts';
import type { EngineEvent } from './protocol/protocol.ts';
import { turnOf } from './serve.ts';
import { TrainingSession } from './trainingSession.ts';

const never = turnOf();
const events: EngineEvent[] = [];
beforeAll(() => {
  wasmInNode();
  return initBackend('wasm');
});
beforeEach(() => {
  events.length = 0;
});

/** A session with a run; what it says goes into `events`. */
async function open(setup: ReturnType<typeof trainingExperiment>, text?: string) {
  const meter = new MemoryMeter();
  const session = new TrainingSession(
    (event) => events.push(event),
    () => meter,
  );
  await session.openTraining(never, setup, text);
  events.length = 0;
  return {
    session,
    close: () => {
      session.close();
      meter[Symbol.dispose]();
    },
  };
}
const named = (name: EngineEvent['event']): readonly EngineEvent[] =>
  events.filter(({ event }) => event === name);
const records = () =>
  events.flatMap((event) => (event.event === 'trained' ? [...event.records] : []));

test.each([false, true])(
  'held-out loss and a sample that are due together come of one pause, the twin level: %s',
  async (twin) => {
    const setup = trainingExperiment({
      ...{ 'cell.width': 8, 'cell.inner': 8, 'train.length': 8, 'train.batch': 1 },
      ...{ 'train.validateEvery': 10, 'train.maxIterations': 3, 'train.adjointIterations': 3 },
      ...{ 'train.twin': twin, 'train.twinDepth': 2, 'sample.length': 2 },
    });
    const { session, close } = await open(setup, shortText);
    const watch = { samplesEvery: 10, view: false };
    expect(await session.train(never, undefined, watch)).toEqual({ step: 10, status: 'sample' });
    for (const network of twin ? ['deq', 'twin'] : ['deq']) {
      const last = records().findLast((record) => record.network === network);
      expect(last).toMatchObject({ step: 10 });
      expect(last?.validation).toBeGreaterThan(0);
    }
    expect((await session.generate(never, 'run', setup)).tokens).toBe(2);
    events.length = 0;
    // Of the count that was asked nothing is left when the second one is due.
    expect(await session.train(never, 10, watch)).toEqual({ step: 20, status: 'paused' });
    expect(records().filter(({ network }) => network === 'deq')).toHaveLength(10);
    close();
  },
);

test('a pause keeps nothing unasked: a state is read when it is due, and at the end', async () => {
  const setup = trainingExperiment({
    ...{ 'cell.width': 8, 'cell.inner': 8, 'train.length': 8, 'train.batch': 1 },
    ...{ 'train.validateEvery': 1000, 'train.steps': 20 },
  });
  // After five seconds one would be due, which a busy machine takes.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  const { session, close } = await open(setup, shortText);
  for (let step = 0; step < 4; step++) await session.train(never, 1);
  expect(named('checkpoint')).toHaveLength(0);
  await session.train(never);
  expect(named('checkpoint')).toEqual([expect.objectContaining({ step: 20 })]);
  close();
  clock.mockRestore();
});

test('what a task draws is drawn while it is watched, and made up for when it is looked at again', async () => {
  const setup = changeSettings(presetExperiment('train-skip'), {
    ...{ 'train.validateEvery': 10, 'train.spectrumEvery': 0 },
  });
  const { session, close } = await open(setup);
  const step = (view: boolean, count = 10) =>
    session.train(never, count, { samplesEvery: 0, view });
  await step(true);
  expect(named('looked')).toEqual([expect.objectContaining({ step: 10 })]);
  const watched = await readBacks(() => step(true));
  events.length = 0;
  const unseen = await readBacks(() => step(false));
  expect(named('looked')).toHaveLength(0);
  expect(records().some(({ validation }) => validation !== undefined)).toBe(true);
  expect(unseen).toBeLessThan(watched);
  await step(true, 0);
  expect(named('looked')).toEqual([expect.objectContaining({ step: 30 })]);
  events.length = 0;
  // Once is enough.
  await step(true, 0);
  expect(events).toHaveLength(0);
  close();
});
