import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { readBacks } from '../../../test/readBacks.ts';
import { allEigenvalues, denseJacobian } from '../../implicit/jacobian.ts';
import { linearize } from '../../implicit/linearize.ts';
import { mapOf } from '../../implicit/problem.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import { decodeSafetensors, encodeSafetensors } from '../../data/safetensors.ts';
import { defaultExperiment } from '../../schema/experiment.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { openSystem } from './open.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const settingsWith = (
  change: Partial<(typeof defaultExperiment)['steady']>,
): Parameters<typeof openSystem>[0] => ({
  ...defaultExperiment,
  steady: { ...defaultExperiment.steady, ...change },
});

/** Eigenvalues of ∂f/∂z at zero, of every sample. */
async function spectrumAt0(change: Partial<(typeof defaultExperiment)['steady']>) {
  using system = openSystem(settingsWith({ ...change, input: 0, samples: 1 }));
  const z0 = system.initialState();
  const here = linearize(mapOf(system), system.params, z0);
  const eigenvalues = allEigenvalues(await denseJacobian(here));
  here.dispose();
  z0.dispose();
  return eigenvalues;
}

describe('a system from its settings', () => {
  test.each(['tanh', 'unit'] as const)('%s: shapes, and what it says', async (cell) => {
    using system = openSystem(settingsWith({ cell, width: 7, samples: 3 }));
    expect(system.samples).toHaveLength(3);
    const map = system.maps.plain();
    const { z, projected, status } = await solveMap(map, {
      ...{ method: 'newton', maxIterations: 20, tolerance: 1e-6, stopMode: 'rel' },
    });
    expect(status).toBe('converged');
    expect(projected.shape).toEqual([3, 7]);
    const said = await system.observe(projected);
    expect(said.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'matrix z, sample by sample',
      'matrix W',
    ]);
    expect(await readBacks(() => system.observe(projected)), 'read-backs').toBe(1);
    const [state] = said;
    if (state?.kind !== 'matrix') throw new Error('no matrix');
    expect([state.rows, state.columns]).toEqual([3, 7]);
    expect(Array.from(state.data)).toEqual(Array.from(await projected.data()));
    tf.dispose([z, projected]);
    map.dispose?.();
  });

  test('the same seed makes the same numbers, another seed others', async () => {
    const numbersOf = async (seed: number): Promise<number[]> => {
      using system = openSystem({ ...settingsWith({}), random: { seed } });
      return Array.from((await system.params['W']?.data()) ?? []);
    };
    expect(await numbersOf(3)).toEqual(await numbersOf(3));
    expect(await numbersOf(3)).not.toEqual(await numbersOf(4));
  });

  test('the rotation turns real eigenvalues into imaginary ones; the gain is about their reach', async () => {
    for (const cell of ['tanh', 'unit'] as const) {
      // b is 0 with the input, so the slope of tanh is 1 at zero and J is W.
      const [straight, turned] = [
        await spectrumAt0({ cell, width: 40, gain: 1.5, rotation: 0 }),
        await spectrumAt0({ cell, width: 40, gain: 1.5, rotation: 90 }),
      ];
      expect(Math.max(...straight.map(([, im]) => Math.abs(im)))).toBeLessThan(1e-4);
      expect(Math.max(...turned.map(([re]) => Math.abs(re)))).toBeLessThan(1e-4);
      for (const spectrum of [straight, turned]) {
        const radius = Math.max(...spectrum.map(([re, im]) => Math.hypot(re, im)));
        expect(radius).toBeGreaterThan(1.1);
        expect(radius).toBeLessThan(1.9);
      }
    }
  });
});

test('a file of weights is opened whatever its metadata are; only a set-up of this family says which points it knows', () => {
  const own = new Uint8Array(readFileSync('public/models/steady-moons.safetensors'));
  const { tensors } = decodeSafetensors(own);
  const wanted = { ...settingsWith({ weights: 'trained' }), random: { seed: 77 } };
  const samplesOf = (experiment: string | undefined): readonly string[] => {
    const metadata = experiment === undefined ? {} : { experiment };
    using system = openSystem(wanted, encodeSafetensors({ tensors, metadata }));
    return system.samples;
  };
  const unsaid = samplesOf(undefined);
  const other = defaultExperiment;
  expect(samplesOf('moons, third try')).toEqual(unsaid);
  expect(samplesOf(JSON.stringify(other))).toEqual(unsaid);
  const steady = { ...other, problem: { ...other.problem, family: 'steady' } };
  expect(samplesOf(JSON.stringify(steady))).not.toEqual(unsaid);
});
