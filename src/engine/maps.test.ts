import { afterEach, beforeEach, expect, test } from 'vitest';
import { wasmInNode } from '../../test/wasmInNode.ts';
import { changeSetting, presetExperiment, type Experiment } from '../schema/experiment.ts';
import type { FieldPath } from '../schema/fields.ts';
import * as tf from '../tf/index.ts';
import type { EngineEvent, IterationRecord } from './protocol/protocol.ts';
import { turnOf, type SessionCommands } from './serve.ts';
import { createSession } from './session.ts';

// ρ is above 1 there, and every eigenvalue's real part below 1: f itself diverges, its flow does not.
const picard = presetExperiment('picard-diverges');
const withChanges = (
  experiment: Experiment,
  changes: Partial<Record<FieldPath, unknown>>,
): Experiment =>
  Object.entries(changes).reduce(
    (made, [path, value]) => changeSetting(made, path as FieldPath, value).experiment,
    experiment,
  );
const flow = withChanges(picard, {
  'solver.map': 'heun',
  'solver.flowStep': 0.5,
  'solver.maxIterations': 100,
});
const never = turnOf();
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
  expect(tf.memory().numTensors).toBe(before);
});

const records = (): IterationRecord[] =>
  events.flatMap((event) => (event.event === 'records' ? [...event.records] : []));
const worst = (record: IterationRecord | undefined): number => Math.max(...(record?.rel ?? []));

async function solved(experiment: Experiment): Promise<IterationRecord[]> {
  events.length = 0;
  await session.configure(never, experiment);
  await session.run(never, 'forward');
  return records();
}

test('a flow gets to the fixed point that plain iteration runs away from, judged by f', async () => {
  expect((await solved(picard)).at(-1)?.status).not.toBe('converged');
  const made = await solved(flow);
  expect(made.at(-1)?.status).toBe('converged');
  expect(worst(made.at(-1))).toBeLessThan(flow.solver.tolerance);
  // Two evaluations a step, the newest point's own apart.
  expect(made[3]?.evaluations).toBe(7);
});

test('pictures, steps and forks of a map are of z, whatever the map iterates', async () => {
  const made = await solved(flow);
  const { map, trajectory } = await session.inspect(never, 200, 0);
  expect(trajectory.points).toHaveLength(made.length);
  expect(map.rows.join('')).toBe(flow.input.text);
  // The residual of each sample is the recorded one: that of f at the projected point.
  for (const [k, record] of made.entries())
    expect(Math.max(...(map.relative[k] ?? []))).toBeCloseTo(worst(record), 4);
  const step = await session.explain(never, 2, 0);
  expect(step.evaluations).toBeGreaterThan(0);
  const start = made[5];
  events.length = 0;
  await session.fork(never, withChanges(flow, { 'solver.map': 'plain' }), { iteration: 5 });
  await session.step(never, 'forward', 1);
  // The fork starts at z_5 of the flow, by another map.
  expect(worst(records()[0])).toBeCloseTo(worst(start), 5);
  await session.reset(never);
});

test('maps race each other on one problem', async () => {
  await session.configure(never, picard);
  const rows = await session.race(never, [
    picard,
    flow,
    withChanges(flow, { 'solver.method': 'anderson', 'solver.map': 'damped' }),
  ]);
  expect(rows.map(({ status }) => status === 'converged')).toEqual([false, true, true]);
});

test('the backward solve is taken at the projected point', async () => {
  await solved(flow);
  const report = await session.openBackward(never, flow.backward);
  expect(report.forwardResidual).toBeLessThan(flow.solver.tolerance);
  await session.run(never, 'backward');
});
