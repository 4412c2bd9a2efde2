/** What is compiled before a solve or a training step is all that is compiled. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetPipelines } from '../../test/forgetPipelines.ts';
import { changeSetting, defaultExperiment, type Experiment } from '../schema/experiment.ts';
import type { FieldPath } from '../schema/fields.ts';
import { GpuCounters } from '../tf/counters.ts';
import type { EngineEvent } from './protocol/protocol.ts';
import { turnOf, type SessionCommands } from './serve.ts';
import { createSession } from './session.ts';

const never = turnOf();
let events: EngineEvent[] = [];
let session: SessionCommands;

const settings = (changes: Partial<Record<FieldPath, unknown>>): Experiment =>
  Object.entries({ 'cell.inner': 16, 'cell.width': 16, ...changes }).reduce(
    (experiment, [path, value]) => changeSetting(experiment, path as FieldPath, value).experiment,
    defaultExperiment,
  );

beforeAll(async () => {
  session = createSession((event) => events.push(event));
  await session.boot(never, 'webgpu');
  forgetPipelines();
});

// Frees what is open, which the next file would count as its own.
afterAll(() => session.boot(never, 'webgpu'));

test.each([
  {},
  { 'solver.method': 'broyden', 'backward.solver': 'broyden' },
  { 'solver.method': 'picard', 'cell.kind': 'tanh', 'backward.solver': 'picard' },
  { 'cell.kind': 'trellis', 'cell.inner': 12 },
] satisfies Partial<Record<FieldPath, unknown>>[])(
  'a solve and its adjoint: %o',
  async (changes) => {
    events = [];
    const experiment = settings({ 'input.text': 'the cat', ...changes });
    await session.configure(never, experiment);
    expect(events.map((event) => event.event === 'compiling' && event.active)).toEqual([
      true,
      false,
    ]);
    using counter = new GpuCounters();
    const run = async (): Promise<void> => {
      await session.run(never, 'forward');
      await session.openBackward(never, experiment.backward);
      await session.step(never, 'backward', 1);
      await session.run(never, 'backward');
    };
    await run();
    const { pipelines, dispatches } = counter.sample();
    expect(dispatches).toBeGreaterThan(50);
    expect(pipelines).toBe(0);
  },
);

test.each([
  {},
  { 'train.memory': 8, 'train.weightNorm': true, 'train.dropout': 0.1 },
] satisfies Partial<Record<FieldPath, unknown>>[])('training: %o', async (changes) => {
  const experiment = settings({
    'train.batch': 2,
    'train.length': 8,
    'train.maxIterations': 6,
    'train.validateEvery': 2,
    'data.source': 'own',
    ...changes,
  });
  await session.openTraining(never, experiment, 'a man a plan a canal panama '.repeat(20));
  using counter = new GpuCounters();
  await session.train(never, 3);
  expect(counter.sample().pipelines).toBe(0);
});
