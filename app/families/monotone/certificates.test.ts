import { describe, expect, it } from 'vitest';
import { openDrawing } from '../../../src/families/monotone/open.ts';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { initBackend } from '../../../src/tf/backend.ts';
import * as tf from '../../../src/tf/index.ts';
import { boundOf } from './certificates.ts';

describe('the certificates on the α slider', () => {
  it('are found among what the engine observes, by the names it gives them', async () => {
    await initBackend('cpu');
    const monotone = {
      ...defaultExperiment.monotone,
      weights: 'random',
      hidden: 6,
      m: 0.5,
    } as const;
    using problem = openDrawing({ ...defaultExperiment, monotone });
    const z = problem.initialState();
    const observed = await problem.observe(z);
    tf.dispose(z);
    const bound = boundOf([[], observed, []]) ?? NaN;
    // 2m/L², and L is at least m.
    expect(bound).toBeGreaterThan(0);
    expect(bound).toBeLessThanOrEqual(2 / 0.5);
    expect(boundOf([])).toBeNull();
  });
});
