/**
 * Refined features against lufanma/IFR's own values: cell, traces, gradients. The file's `ifr_broyden` is not held: the
 * reference's own Broyden sets out against the residual, so that its norm doubles in the first step.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import file from '../../../test/golden/families/ifr.json';
import { freeGolden, goldenFamilies, relativeL2 } from '../../../test/familyGolden.ts';
import { failOnLeaks } from '../../../test/leaks.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { valueAndGradient } from '../../implicit/valueAndGradient.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { refinementGolden } from './golden.ts';

goldenFamilies('cpu', [{ name: 'ifr', file }]);

wasmInNode();
goldenFamilies('wasm', [{ name: 'ifr', file }], { only: ['fixed_point', 'exact_implicit'] });

describe('what the explicit head has', () => {
  beforeAll(async () => {
    await initBackend('cpu');
  });
  failOnLeaks();

  test.each([
    { depth: 4, row: file.gradients.unrolled_4 },
    { depth: 12, row: file.gradients.unrolled_12 },
  ])('the explicit head of $depth layers: loss and gradients', async ({ depth, row }) => {
    const opened = refinementGolden.open(file);
    const { loss, gradients } = await valueAndGradient(opened.problem, {
      forward: { method: 'picard', maxIterations: 1, tolerance: 0, stopMode: 'rel' },
      gradient: { kind: 'unrolled', depth },
    });
    const { loss: right, ...rows } = row;
    expect(loss).toBeCloseTo(right, 3);
    const ours = await opened.toFile(gradients);
    for (const [name, { data }] of Object.entries(rows))
      expect(relativeL2(ours[name]?.data ?? [], data), name).toBeLessThan(1e-3);
    tf.dispose(gradients);
    freeGolden(opened);
  });
});
