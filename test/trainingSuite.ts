import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FieldPath } from '../src/schema/fields.ts';
import { connect, type Engine } from '../src/engine/client.ts';
import type { EngineEvent, TrainRecord } from '../src/engine/protocol/protocol.ts';
import type { BackendName } from '../src/tf/backend.ts';
import * as tf from '../src/tf/index.ts';
import { experiment, wire } from './engineWire.ts';

/** A text of about 200 characters, to be learnt by heart. */
export const shortText =
  'Call me Ishmael. Some years ago - never mind how long precisely - having little or no money in ' +
  'my purse, and nothing particular to interest me on shore, I thought I would sail about a little ' +
  'and see.';

/** A training experiment on that text, small enough for a software GPU. */
export const trainingExperiment = (
  changes: Partial<Record<FieldPath, unknown>> = {},
): ReturnType<typeof experiment> =>
  experiment({
    'data.source': 'own',
    'train.batch': 2,
    'train.length': 16,
    'train.steps': 1000,
    'train.warmup': 0,
    'train.validateEvery': 10,
    'train.spectrumEvery': 0,
    ...changes,
  });

/** An engine in this process, and the training records it sent. */
export async function openEngine(backend: BackendName): Promise<{
  engine: Engine;
  records: TrainRecord[];
  events: EngineEvent[];
}> {
  const records: TrainRecord[] = [];
  const events: EngineEvent[] = [];
  const engine = connect(wire(), (event) => {
    events.push(event);
    if (event.event === 'trained') records.push(...event.records);
  });
  await engine.boot(backend);
  return { engine, records, events };
}

/** What training must do on every backend; `steps` is how many it may take to learn the text. */
export function trainingSuite(backend: BackendName): void {
  describe(`training on ${backend}`, () => {
    let opened: Awaited<ReturnType<typeof openEngine>>;
    beforeAll(async () => {
      opened = await openEngine(backend);
    });
    // Frees what is open, which the next file would count as its own.
    afterAll(() => opened.engine.closeTraining());

    test('two runs with one seed: the same losses to the last digit', async () => {
      const { engine, records } = opened;
      const setup = trainingExperiment({ 'train.dropout': 0.1, 'cell.width': 16 });
      const losses: number[][] = [];
      for (let run = 0; run < 2; run++) {
        records.length = 0;
        await engine.openTraining(setup, shortText);
        await engine.train(4);
        losses.push(records.map(({ loss }) => loss));
      }
      expect(losses[0]).toHaveLength(4);
      expect(losses[1]).toEqual(losses[0]);
    });

    test('a resumed run is the run that never stopped', { timeout: 120_000 }, async () => {
      const { engine, records } = opened;
      const setup = trainingExperiment({
        'train.memory': 16,
        'train.warmStart': true,
        'train.weightNorm': true,
        'train.depthJitter': 2,
      });
      records.length = 0;
      await engine.openTraining(setup, shortText);
      await engine.train(3);
      const file = await engine.saveTraining();
      await engine.train(3);
      const whole = records.map(({ loss }) => loss);
      records.length = 0;
      const report = await engine.openTraining(setup, shortText, file);
      expect(report.step).toBe(3);
      // On WebGPU the kernels pass their check, so these are numbers of the fused ones.
      expect(report.fused).toBe(backend === 'webgpu');
      await engine.train(3);
      const resumed = records.map(({ loss }) => loss);
      expect(resumed).toHaveLength(3);
      for (const [i, loss] of resumed.entries())
        expect(Math.abs(loss - (whole[i + 3] ?? NaN)) / loss).toBeLessThan(1e-5);
    });

    test('live tensors stay constant', { timeout: 120_000 }, async () => {
      const { engine } = opened;
      await engine.openTraining(trainingExperiment({ 'train.twin': true }), shortText);
      await engine.train(2);
      const before = tf.memory().numTensors;
      await engine.train(5);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/** The first steps on a backend, by its own kernels, are those of the CPU; and they learn. */
export function trainsAsOnCpu(backend: BackendName): void {
  test(`the first steps on ${backend} are those of the CPU`, { timeout: 120_000 }, async () => {
    const losses = async (name: BackendName): Promise<number[]> => {
      const { engine, records } = await openEngine(name);
      await engine.openTraining(trainingExperiment({ 'cell.width': 16 }), shortText);
      await engine.train(6);
      await engine.closeTraining();
      return records.map(({ loss }) => loss);
    };
    const truth = await losses('cpu');
    const found = await losses(backend);
    expect(found).toHaveLength(6);
    for (const [i, loss] of found.entries())
      expect(Math.abs(loss / (truth[i] ?? NaN) - 1), `step ${i + 1}`).toBeLessThan(1e-3);
    expect(found.at(-1)).toBeLessThan(found[0] ?? NaN);
  });
}

/** Learns the short text by heart: below 0.05 nats a token, with the implicit gradient. */
export function overfits(backend: BackendName, limit: number): void {
  test(`overfits 100 characters on ${backend}`, { timeout: 900_000 }, async () => {
    const { engine, records } = await openEngine(backend);
    // Windows that read on, with the state carried over: each character has all before it to go by.
    const setup = trainingExperiment({
      'cell.kind': 'trellis',
      'cell.width': 32,
      'cell.inner': 32,
      'train.batch': 2,
      'train.length': 48,
      'train.memory': 8,
      'train.learningRate': 1e-2,
      'train.schedule': 'constant',
      'train.validateEvery': 10_000,
    });
    await engine.openTraining(setup, shortText.slice(0, 100));
    const recent = (): number => Math.max(...records.slice(-3).map(({ loss }) => loss));
    while (records.length < limit && !(records.length > 3 && recent() < 0.05))
      await engine.train(5);
    console.log(`${backend}: ${recent().toFixed(3)} nats after ${records.length} steps`);
    await engine.closeTraining();
    expect(recent()).toBeLessThan(0.05);
  });
}
