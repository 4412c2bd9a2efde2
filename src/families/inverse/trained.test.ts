/** The weights that come with the page: what they gain on digits that were held out of their training. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import { solveForward } from '../../implicit/valueAndGradient.ts';
import { drawingSide } from '../../inputs/drawing.ts';
import { digitsFile, readDigits, type Digits } from '../../inputs/digits.ts';
import { changeSetting, presetExperiment } from '../../schema/experiment.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { tellAt } from '../../train/told.ts';
import { restoringTask } from './digitsTask.ts';
import { cellOf } from './measure.ts';
import { openRegulariser } from './regulariser.ts';

wasmInNode();
beforeAll(async () => {
  await initBackend('wasm');
});
failOnLeaks();

const readPublic = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(`public/${path}`));

let digits: Digits;
beforeAll(async () => {
  digits = await readDigits(await readPublic(digitsFile));
});

test.each([
  ['untied', 'denoise', 0.3, 7],
  ['tied', 'denoise', 0.3, 6.5],
  // Carried over to another K, which they were not trained on.
  ['untied', 'deblur', 0.1, 3],
] as const)(
  '%s, %s at ε = %d: at least %d dB nearer than what was measured',
  { timeout: 60_000 },
  async (tie, operator, noise, least) => {
    const bytes = await readPublic(`models/inverse-${tie}.safetensors`);
    expect(bytes.length).toBeLessThan(350_000);
    const { tensors, metadata } = decodeSafetensors(bytes);
    expect(metadata['command']).toContain('scripts/trainRegulariser.ts');
    const { shape, params } = openRegulariser(tensors, drawingSide);
    const { experiment } = changeSetting(
      presetExperiment('inverse-denoise'),
      'inverse.operator',
      operator,
    );
    const task = restoringTask(digits, {
      ...{ cell: cellOf(experiment, shape), noise, gain: 1, seed: 1, batch: 1 },
    });
    const before = task.metrics[0]?.baselines[0]?.value ?? NaN;
    const [batch] = task.heldOut();
    if (!batch) throw new Error('No digits are held out.');
    const { z, status } = await solveForward(batch.problem(params), {
      ...{
        method: 'picard',
        maxIterations: operator === 'denoise' ? 200 : 60,
        tolerance: 1e-3,
        stopMode: 'rel',
      },
    });
    if (operator === 'denoise') expect(status).toBe('converged');
    const { psnr = NaN } = (await tellAt(batch, params, z)).metrics;
    expect(psnr - before).toBeGreaterThan(least);
    tf.dispose([z, params]);
  },
);
