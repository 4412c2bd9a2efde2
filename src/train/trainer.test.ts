/** Training that is no language modelling: the trainer knows a task, its metrics and what it carries, and no more. */
import { beforeAll, expect, test } from 'vitest';
import { readBacks } from '../../test/readBacks.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import { namedStream, normalArray } from '../data/random.ts';
import { matrixSpec, initialize } from '../families/parameters.ts';
import type { Task, TaskBatch } from '../families/task.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { MemoryMeter } from '../tf/memory.ts';
import { param } from '../tf/params.ts';
import { loadState, saveState } from './checkpoint.ts';
import type { TrainOptions } from './options.ts';
import type { TrainRecord } from './records.ts';
import { Trainer } from './trainer.ts';

beforeAll(() => {
  wasmInNode();
  return initBackend('wasm');
});

const width = 6;
const rows = 16;
const parameters = [
  matrixSpec('w', 'w', [width, width], { scale: 0.3 }),
  matrixSpec('head', 'head', [width, 1]),
];

/** z = tanh(z W + x), and from z the sign of x's first number: random vectors in two classes. */
const signs: Task = {
  parameters,
  loss: {
    ...{ name: 'loss', title: 'Loss', unit: '', better: 'lower' },
    baselines: [{ title: 'zero', value: 1 }],
  },
  metrics: [
    { name: 'accuracy', title: 'Accuracy', unit: '', better: 'higher', baselines: [] },
    { name: 'size', title: 'Size', unit: '', better: 'lower', baselines: [] },
  ],
  unit: 'vectors',
  initialize: (seed) => initialize(parameters, namedStream(seed, 'weights')),
  batchAt: (step, carried) => batchOf(`${String(step)} ${carried ? 'on' : 'first'}`),
  heldOut: () => [batchOf('held out'), batchOf('held out too', rows / 2)],
};

function batchOf(name: string, count = rows): TaskBatch {
  const values = normalArray(namedStream(5, 'data order').fork(name), count * width, 1);
  const signsOf = Float32Array.from({ length: count }, (_, row) =>
    Math.sign(values[row * width] ?? 0),
  );
  const x = tf.tensor(values, [count, width]);
  const truth = tf.tensor(signsOf, [count, 1]);
  const read = (head: tf.Tensor, z: tf.Tensor): tf.Tensor => tf.matMul(z, head);
  return {
    examples: count,
    problem: (params) => ({
      params,
      inject: () => tf.clone(x),
      f: (p, injection, z) => tf.tanh(tf.add(tf.matMul(z, param(p, 'w')), injection)),
      loss: (p, z) => tf.mean<tf.Scalar>(tf.square(tf.sub(read(param(p, 'head'), z), truth))),
      initialState: () => tf.zeros([count, width]),
    }),
    extra: {
      name: 'size',
      term: (_, z) => tf.mul<tf.Scalar>(tf.mean(tf.square(z)), 0.01),
    },
    remember: (_, z) => ({ seen: tf.clone(z) }),
    measured: {
      readout: (p, z) => read(param(p, 'head'), z),
      tell: (answers) => {
        const right = answers.filter((answer, row) => answer * (signsOf[row] ?? 0) > 0).length;
        return { accuracy: right / count };
      },
    },
    [Symbol.dispose]: () => {
      tf.dispose([x, truth]);
    },
  };
}

const solver: SolverOptions = {
  ...{ method: 'picard', maxIterations: 30, tolerance: 1e-4, stopMode: 'rel' },
};
const options: TrainOptions = {
  ...{ steps: 40, learningRate: 0.05, warmup: 0, schedule: 'constant', weightDecay: 0, clip: 0 },
  ...{ forward: solver, gradient: { kind: 'implicit', solver }, depthJitter: 0 },
  ...{ pretrain: { steps: 0, depth: 1 }, penalty: { weight: 0, share: 0, power: 0 } },
  ...{ warmStart: false, weightNorm: false, validateEvery: 40, spectrumEvery: 0 },
};

test('a task of vectors: lower loss, its own metrics, and a resumed run makes the same losses', async () => {
  const before = tf.memory().numTensors;
  {
    using meter = new MemoryMeter();
    const open = (): Trainer =>
      new Trainer({ network: 'deq', task: signs, seed: 1, options, meter });
    using trainer = open();
    trainer.rehearse();
    const records = [await trainer.next()];
    const saved = await saveState(trainer.state);
    expect(Object.keys(saved.tensors)).toContain('memory.seen');
    while (trainer.step < 40) records.push(await trainer.next());
    const [first, second] = records;
    const last = records.at(-1);
    expect(last?.loss).toBeLessThan((first?.loss ?? NaN) / 2);
    expect(last?.examples).toBe(40 * rows);
    expect(last?.metrics?.['accuracy']).toBeGreaterThan(first?.metrics?.['accuracy'] ?? NaN);
    expect(first?.metrics?.['size']).toBeGreaterThan(0);
    expect(last?.validation).toBeLessThan(0.6);
    expect(last?.heldOut?.['accuracy']).toBeGreaterThan(0.8);
    using again = open();
    again.restore(loadState(saved, again.state));
    expect((await again.next()).loss).toBe(second?.loss);
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('a step reads the residuals of its solves, and once more all that it tells', async () => {
  const penalty = { weight: 1, share: 1, power: 1 };
  for (const changed of [options, { ...options, penalty }]) {
    using meter = new MemoryMeter();
    using trainer = new Trainer({
      ...{ network: 'deq', task: signs, seed: 1, meter },
      options: { ...changed, clip: 1, warmStart: true },
    });
    for (let step = 0; step < 2; step++) {
      let record: TrainRecord | undefined;
      const reads = await readBacks(async () => (record = await trainer.next()));
      // The first evaluation of an adjoint solve is at zero, where its map is known.
      const looks = (record?.forwardEvaluations ?? NaN) + (record?.backwardEvaluations ?? NaN);
      expect(Object.keys(record?.metrics ?? {})).toEqual(['size', 'accuracy']);
      expect(record?.penalty === undefined).toBe(changed === options);
      expect(reads).toBe(looks + 1);
    }
  }
});

test('held-out batches are read once each, beside the residuals of their solves', async () => {
  using meter = new MemoryMeter();
  const one = { ...options, forward: { ...solver, maxIterations: 1, tolerance: 0 } };
  const open = (validateEvery: number): Trainer =>
    new Trainer({
      network: 'deq',
      task: signs,
      seed: 1,
      meter,
      options: { ...one, validateEvery },
    });
  using without = open(0);
  using trainer = open(1);
  const before = await readBacks(() => without.next());
  const after = await readBacks(() => trainer.next());
  const batches = 2;
  const looks = 2;
  expect(after - before).toBe(batches * (looks + 1));
});

test('whoever looks between two steps is given one set of weights, and so is the next step', async () => {
  const seen: tf.Tensor[] = [];
  const noted = (batch: TaskBatch): TaskBatch => ({
    ...batch,
    problem: (params) => {
      seen.push(param(params, 'w'));
      return batch.problem(params);
    },
  });
  const task: Task = {
    ...signs,
    parameters: parameters.map((one) => ({ ...one, normalised: one.name === 'w' })),
    batchAt: (step, carried) => noted(signs.batchAt(step, carried)),
    heldOut: () => [noted(batchOf('held out'))],
    view: () => ({ ...noted(batchOf('view')), observe: () => Promise.resolve([]) }),
  };
  using meter = new MemoryMeter();
  using trainer = new Trainer({
    ...{ network: 'deq', task, seed: 1, meter },
    options: { ...options, validateEvery: 1, weightNorm: true },
  });
  await trainer.next();
  const [, heldOut] = seen;
  await trainer.look();
  const own = trainer.weights();
  await trainer.next();
  const ids = [heldOut, ...seen.slice(2, 4), param(own, 'w')].map((one) => one?.dataId);
  expect(new Set(ids).size).toBe(1);
  expect(seen[0]?.dataId).not.toBe(ids[0]);
  tf.dispose(own);
});
