import { expect, test } from 'vitest';
import { describeOn } from '../../../test/describeOn.ts';
import { tinyModels } from '../../../test/tinyModels.ts';
import { createRandom } from '../../data/random.ts';
import { GpuCounters } from '../../tf/counters.ts';
import type { SolverOptions } from '../../numerics/solver.ts';
import * as tf from '../../tf/index.ts';
import { generate, type GeneratedToken } from './generate.ts';
import { languageModel } from './languageModel.ts';

/** With ten pairs, the default, the transformer's first solve diverges by either way: nothing could be compared. */
const solver = {
  method: 'broyden',
  history: Infinity,
  maxIterations: 80,
  tolerance: 1e-5,
  stopMode: 'rel',
} as const satisfies SolverOptions;

describeOn('webgpu', true, 'generation', () => {
  test.each(tinyModels)('a $cell model writes what whole windows by kernels do', async (config) => {
    const model = languageModel(config);
    const params = model.initialize(6);
    const write = async (reuse: boolean): Promise<GeneratedToken[]> => {
      const tokens: GeneratedToken[] = [];
      for await (const token of generate(model, params, {
        ...{ prompt: [1, 4, 2], count: 7, window: 5, memoryLength: 0, warmStart: true, reuse },
        solver,
        ...{ sampling: { temperature: 1, topK: 0, topP: 1 }, random: createRandom(1) },
      }))
        tokens.push(token);
      return tokens;
    };
    const whole = await write(false);
    using counters = new GpuCounters();
    const kept = await write(true);
    // The weights are read once, whatever the number of tokens.
    expect(counters.sample().readbacks).toBe(1);
    expect(kept.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    for (const [i, { probability, status }] of whole.entries()) {
      expect(status).toBe('converged');
      expect(Math.abs((kept[i]?.probability ?? NaN) - probability)).toBeLessThan(1e-3);
    }
    tf.dispose(params);
  });
});
