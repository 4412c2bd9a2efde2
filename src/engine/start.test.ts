import { beforeAll, expect, it } from 'vitest';
import { changeSetting, presetExperiment } from '../schema/experiment.ts';
import { solveMap } from '../numerics/iterateMap.ts';
import { failOnLeaks } from '../../test/leaks.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { build } from './build.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

it.each(['contraction', 'steady-flow'] as const)(
  'a solve of %s that starts at f(0) is where one from zeros is after its first step',
  async (preset) => {
    const base = changeSetting(presetExperiment(preset), 'solver.map', 'plain').experiment;
    const { experiment } = changeSetting(base, 'solver.start', 'evaluation');
    using plain = await build(base);
    using started = await build(experiment);
    const records = [];
    for (const built of [plain, started]) {
      const z0 = built.problem.initialState();
      const { z, projected, ...solution } = await solveMap(
        built.map,
        { method: 'picard', maxIterations: 4, tolerance: 0, stopMode: 'abs' },
        { z0 },
      );
      tf.dispose([z0, z, projected]);
      records.push(solution.records.map(({ abs }) => abs));
    }
    const [fromZeros = [], fromImage = []] = records;
    expect(fromImage.slice(0, 4)).toEqual(fromZeros.slice(1, 5));
  },
);
