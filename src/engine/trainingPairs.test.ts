/**
 * Every pair of values of the settings that shape a training step, in as few tiny runs as a covering array takes: what
 * is wrong only where two settings meet shows in one of them. Each run is saved, continued, sampled from and resumed.
 */
import { beforeAll, expect, test } from 'vitest';
import { wasmInNode } from '../../test/wasmInNode.ts';
import { pairwise } from '../../test/pairwise.ts';
import { shortText, trainingExperiment } from '../../test/trainingSuite.ts';
import type { FieldPath } from '../schema/fields.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { MemoryMeter } from '../tf/memory.ts';
import type { EngineEvent, Experiment, TrainRecord } from './protocol/protocol.ts';
import { turnOf } from './serve.ts';
import { TrainingSession } from './trainingSession.ts';

const never = turnOf();

beforeAll(() => {
  wasmInNode();
  return initBackend('wasm');
});

const combinations = pairwise({
  'cell.kind': ['transformer', 'trellis', 'tanh'],
  'cell.layerNorm': ['post', 'pre'],
  'train.batch': [1, 3],
  // Shorter and longer than the window of 8, and none.
  'train.memory': [0, 8, 16],
  'train.twin': [false, true],
  'train.warmStart': [false, true],
  'train.weightNorm': [false, true],
  'train.dropout': [0, 0.2],
  'train.jacobianWeight': [0, 0.5],
  'train.depthJitter': [0, 2],
  'train.pretrainSteps': [0, 2, 4],
  'train.schedule': ['cosine', 'constant'],
  'train.clip': [0, 0.5],
  // Steps 2, 4 and 6 of a run that is saved at 3; the settings themselves begin at 10 and 5.
  'train.spectrumEvery': [0, 2],
  'train.validateEvery': [2, 1000],
  'backward.method': ['implicit', 'one-step', 'neumann', 'phantom', 'unrolled'],
  'backward.solver': ['picard', 'anderson', 'broyden'],
  'solver.method': ['picard', 'anderson', 'broyden'],
  'solver.lineSearch': [false, true],
  'data.tokenizer': ['char', 'byte', 'bpe'],
  'sample.warmStart': [false, true],
  'sample.temperature': [0, 0.8],
} satisfies Partial<Record<FieldPath, readonly unknown[]>>);

const tiny = ({
  'train.spectrumEvery': spectrumEvery,
  'train.validateEvery': validateEvery,
  ...settings
}: (typeof combinations)[number]): Experiment => {
  const changes = {
    ...{ 'cell.width': 4, 'cell.heads': '2', 'cell.inner': 8, 'data.merges': 256 },
    ...{ 'train.length': 8, 'train.steps': 20, 'train.warmup': 2, 'train.jacobianShare': 1 },
    ...{ 'train.maxIterations': 4, 'train.adjointIterations': 3, 'train.twinDepth': 2 },
    ...{ 'backward.terms': 2, 'backward.steps': 2, 'train.pretrainDepth': 2 },
    ...{ 'sample.prompt': 'Call', 'sample.length': 6 },
    ...settings,
  };
  const experiment = trainingExperiment(changes);
  return { ...experiment, train: { ...experiment.train, spectrumEvery, validateEvery } };
};

test.each(combinations.map((row) => [Object.values(row).join(' '), row] as const))(
  '%s',
  async (_, row) => {
    const before = tf.memory().numTensors;
    const records: TrainRecord[] = [];
    const meter = new MemoryMeter();
    const session = new TrainingSession(
      (event: EngineEvent) => {
        if (event.event === 'trained') records.push(...event.records);
      },
      () => meter,
    );
    const setup = tiny(row);
    const losses = (): unknown[] => {
      // The twin's turns depend on the clock; each network's own records don't.
      const seen = (['deq', 'twin'] as const).map((network) =>
        records
          .filter((record) => record.network === network)
          .map(({ step, loss, validation, spectralRadius, status }) => {
            expect(Number.isFinite(loss)).toBe(true);
            return { step, loss, validation, spectralRadius, status };
          }),
      );
      records.length = 0;
      return seen;
    };
    try {
      await session.openTraining(never, setup, shortText);
      await session.train(never, 3);
      const file = await session.saveTraining();
      losses();
      expect((await session.train(never, 3)).status).toBe('paused');
      const whole = losses();
      expect((await session.generate(never, 'run', setup)).tokens).toBe(6);
      expect((await session.openTraining(never, setup, shortText, file)).step).toBe(3);
      await session.train(never, 3);
      expect(losses()).toEqual(whole);
    } finally {
      session.close();
      meter[Symbol.dispose]();
    }
    expect(tf.memory().numTensors, 'tensors left behind').toBe(before);
  },
);
