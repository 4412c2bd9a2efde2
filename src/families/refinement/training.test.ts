/** Learning masks through the engine, and what the switch from the explicit head to the implicit one does to the loss. */
import { beforeAll, expect, test } from 'vitest';
import { experiment } from '../../../test/engineWire.ts';
import { openEngine } from '../../../test/trainingSuite.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import { solveForward } from '../../implicit/valueAndGradient.ts';
import * as tf from '../../tf/index.ts';
import { openNetwork } from './network.ts';
import { openShape } from './open.ts';
import { shapesTask } from './shapesTask.ts';

beforeAll(() => {
  wasmInNode();
});

const switchesAt = 12;
const setup = experiment({
  ...{ 'problem.family': 'refinement', 'refinement.weights': 'random' },
  ...{ 'refinement.channels': '8', 'refinement.gain': 0.5 },
  ...{ 'train.batch': 8, 'train.steps': 100, 'train.warmup': 0, 'train.learningRate': 1e-2 },
  ...{ 'train.pretrainSteps': switchesAt, 'train.pretrainDepth': 4 },
  ...{ 'train.tolerance': 1e-4, 'train.maxIterations': 40, 'train.adjointTolerance': 1e-3 },
  ...{ 'train.validateEvery': 10_000, 'train.spectrumEvery': 0, 'train.jacobianWeight': 0 },
});

test('masks are learnt: resumed bit for bit over the switch, and solved in the Solve view', async () => {
  const { engine, records } = await openEngine('wasm');
  const { data } = await engine.openTraining(setup, undefined);
  expect(data.metrics.map(({ name }) => name)).toEqual(['iou']);
  await engine.train(10);
  const file = await engine.saveTraining();
  await engine.train(6);
  const whole = records.map(({ loss }) => loss);
  expect(whole).toHaveLength(16);
  expect(Math.max(...whole.slice(-3))).toBeLessThan(0.7 * (whole[0] ?? 0));
  // The explicit head has no residual; the implicit one is solved.
  expect(records.map(({ residual }) => residual === undefined)).toEqual(
    Array.from({ length: 16 }, (_, step) => step < switchesAt),
  );
  const model = await engine.exportModel();
  expect(Object.keys(decodeSafetensors(model).tensors)).toContain('conv2.weight_g');
  using solved = openShape(
    { ...setup, refinement: { ...setup.refinement, weights: 'trained' } },
    model,
  );
  expect(solved.notes).toEqual([]);
  records.length = 0;
  await engine.openTraining(setup, undefined, file);
  await engine.train(6);
  expect(records.map(({ loss }) => loss)).toEqual(whole.slice(10));
  await engine.closeTraining();
});

test('at the switch the loss of the same weights and batch goes on, within the residual of the explicit head', async () => {
  const { engine, records } = await openEngine('wasm');
  await engine.openTraining(setup, undefined);
  await engine.train(switchesAt);
  const file = await engine.saveTraining();
  const model = decodeSafetensors(await engine.exportModel());
  const lossesBy = async (pretrainSteps: number): Promise<number> => {
    records.length = 0;
    await engine.openTraining(
      { ...setup, train: { ...setup.train, pretrainSteps } },
      undefined,
      file,
    );
    await engine.train(1);
    return records.at(-1)?.loss ?? NaN;
  };
  const [implicit, explicit] = [await lossesBy(switchesAt), await lossesBy(switchesAt + 1)];
  await engine.closeTraining();

  // The relative residual that the explicit head leaves at its end, on that batch.
  const { params, channels } = openNetwork(model.tensors);
  const { gain, noise, occlusion } = setup.refinement;
  const task = shapesTask({
    ...{ channels, gain, noise, occlusion },
    ...{ seed: setup.random.seed, batch: setup.train.batch },
  });
  using batch = task.batchAt(switchesAt);
  const { z, records: points } = await solveForward(batch.problem(params), {
    ...{ method: 'picard', maxIterations: 5, tolerance: 0, stopMode: 'rel' },
  });
  tf.dispose([z, params]);
  const residual = Math.max(...(points[4]?.rel ?? [NaN]));
  expect(residual).toBeLessThan(0.1);
  expect(Math.abs(implicit - explicit) / implicit).toBeLessThan(residual);
});
