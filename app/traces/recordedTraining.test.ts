import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { presetTraining } from './trainingSizes.ts';
import { loadFamily } from '../../src/families/index.ts';
import { setAssetReader } from '../../src/inputs/assets.ts';
import { presetExperiment } from '../../src/schema/experiment.ts';
import { initBackend } from '../../src/tf/backend.ts';
import { MemoryMeter } from '../../src/tf/memory.ts';
import { meterTask } from '../../src/engine/trainOptions.ts';

/** The quick ones of those that `scripts/recordSizes.mjs` has metered. */
it.each(['train-digits', 'train-skip'] as const)(
  'what the gallery says %s needs is what the Train view meters',
  async (name) => {
    await initBackend('cpu');
    setAssetReader((path) => Promise.resolve(new Uint8Array(readFileSync(`public/${path}`))));
    const experiment = presetExperiment(name);
    const { training } = await loadFamily(experiment.problem.family);
    const data = await training?.read(experiment, '', {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    if (!data) throw new Error(`Nothing of ${name} is trained.`);
    using meter = new MemoryMeter();
    const sizes = meterTask(data, experiment, meter);
    expect(presetTraining(name, 'stock')).toEqual({ sizes, kernels: 'stock' });
  },
);
