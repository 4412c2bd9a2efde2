/** The weights that the page brings along: how right they are, that they settle, and the memory that this saves. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import { measureTrainingStep } from '../../engine/measureMemory.ts';
import { solveForward } from '../../implicit/valueAndGradient.ts';
import { presetExperiment } from '../../schema/experiment.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { tellAt } from '../../train/told.ts';
import { MemoryMeter } from '../../tf/memory.ts';
import { openNetwork } from './network.ts';
import { shapesTask } from './shapesTask.ts';

beforeAll(async () => {
  wasmInNode();
  await initBackend('wasm');
});
failOnLeaks();

test('they find the masks of held-out shapes with an IoU of 0.85 at least, in equilibrium to 1e-4', async () => {
  const bytes = new Uint8Array(readFileSync('public/models/refinement-shapes.safetensors'));
  expect(bytes.length).toBeLessThan(350_000);
  const { metadata, tensors } = decodeSafetensors(bytes);
  expect(metadata['command']).toBe('node scripts/run.mjs scripts/trainRefinement.ts');
  const { channels, params } = openNetwork(tensors);
  const { noise, occlusion } = presetExperiment('refinement-shape').refinement;
  const task = shapesTask({ channels, gain: 1, seed: 3, batch: 8, noise, occlusion });
  const threshold = task.metrics[0]?.baselines[0]?.value ?? NaN;
  let [sum, count] = [0, 0];
  for (const batch of task.heldOut()) {
    const { z, status } = await solveForward(batch.problem(params), {
      ...{ method: 'anderson', maxIterations: 60, tolerance: 1e-4, stopMode: 'rel' },
    });
    expect(status).toBe('converged');
    const { iou = NaN } = (await tellAt(batch, params, z)).metrics;
    z.dispose();
    sum += iou * batch.examples;
    count += batch.examples;
  }
  tf.dispose(params);
  expect(count).toBe(100);
  expect(sum / count).toBeGreaterThanOrEqual(0.85);
  // No network at all does much worse.
  expect(threshold).toBeLessThan(0.7);
});

test('a step needs at least 85 % less memory than one unrolled to depth 30', async () => {
  using meter = new MemoryMeter();
  const experiment = presetExperiment('refinement-gain');
  const peak = async (variant: 'deq' | 'unrolled'): Promise<number> =>
    (await measureTrainingStep(experiment, variant, 30, meter)).peak;
  expect(await peak('deq')).toBeLessThan(0.15 * (await peak('unrolled')));
});
