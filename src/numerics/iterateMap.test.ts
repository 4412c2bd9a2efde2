import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { openToy } from '../../test/toy.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { flowMaps, plainMap } from './flowMaps.ts';
import { iterateMap, solveMap } from './iterateMap.ts';
import { solve } from './iterate.ts';
import type { IterationMap } from './maps.ts';
import { rowNorm } from './method.ts';
import type { IterationRecord, SolverOptions } from './solver.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const options: SolverOptions = {
  method: 'picard',
  maxIterations: 40,
  tolerance: 1e-5,
  stopMode: 'rel',
};
const methods = ['picard', 'anderson', 'broyden'] as const;

const numbers = (records: readonly IterationRecord[]): unknown[] =>
  records.map(({ iteration, evaluations, abs, rel, status, event }) => ({
    ...{ iteration, evaluations, abs, rel, status, event },
  }));

/** z = [z, 2z]: a state twice as wide as z, whose fixed point is f's. */
function doubled(f: (z: tf.Tensor) => tf.Tensor, z0: tf.Tensor): IterationMap {
  const [batch = 1, n = 1] = z0.shape;
  const left = (s: tf.Tensor): tf.Tensor => tf.slice(s, [0, 0], [batch, n]);
  const pair = (z: tf.Tensor): tf.Tensor => tf.concat([z, tf.mul(z, 2)], 1);
  return {
    name: 'doubled',
    start: (z = z0) => pair(z),
    apply: (s) => pair(f(left(s))),
    project: left,
    evaluations: 3,
    f,
  };
}

describe.each(methods)('%s', (method) => {
  test('on the plain map is the solve of f, to the bit', async () => {
    using toy = openToy(0.45);
    const { f, z0 } = toy;
    const plain = await solve(f, z0, { ...options, method });
    const mapped = await solveMap(
      plainMap(f, () => tf.clone(z0)),
      { ...options, method },
    );
    expect(numbers(mapped.records)).toEqual(numbers(plain.records));
    expect(mapped.evaluations).toBe(plain.evaluations);
    expect(await mapped.z.data()).toEqual(await plain.z.data());
    expect(await mapped.projected.data()).toEqual(await plain.z.data());
    tf.dispose([plain.z, mapped.z, mapped.projected]);
  });

  test('on a map with a state of its own: the residual is f’s at the projected point', async () => {
    using toy = openToy(0.35);
    const { f, z0 } = toy;
    const seen: number[][] = [];
    const points: tf.Tensor[] = [];
    const { z, projected, records, status, evaluations } = await solveMap(
      doubled(f, z0),
      { ...options, method },
      {
        onPoint: ({ newest }) => {
          points.push(newest());
        },
      },
    );
    expect(status).toBe('converged');
    expect(z.shape).toEqual([2, 16]);
    expect(projected.shape).toEqual([2, 8]);
    // Three an application; the newest counts one until a step uses it.
    expect(evaluations).toBe(3 * (records.length - 1) + 1);
    for (const point of points) {
      const norm = tf.tidy(() => rowNorm(tf.sub(f(point), point)));
      seen.push([...(await norm.data())]);
      norm.dispose();
    }
    for (const [k, { abs }] of records.entries())
      for (const [i, value] of abs.entries()) expect(value).toBeCloseTo(seen[k]?.[i] ?? NaN, 6);
    tf.dispose([z, projected, points]);
  });
});

test('the doubled state moves as z does', async () => {
  using toy = openToy(0.45);
  const { f, z0 } = toy;
  const plain = await solve(f, z0, options);
  const mapped = await solveMap(doubled(f, z0), options);
  expect(mapped.records.map(({ abs }) => abs)).toEqual(plain.records.map(({ abs }) => abs));
  tf.dispose([plain.z, mapped.z, mapped.projected]);
});

test('returns the state with the lowest residual of f, and starts where it is told', async () => {
  // Residuals of f grow from z0 on, while the map's own steps shrink.
  const f = (z: tf.Tensor): tf.Tensor => tf.mul(z, 2);
  const map: IterationMap = {
    name: 'away',
    start: (z0) => tf.clone(z0 ?? tf.zeros([1, 1])),
    apply: (s) => tf.add(tf.mul(s, 0.5), 1),
    project: (s) => tf.clone(s),
    evaluations: 1,
    f,
  };
  const z0 = tf.tensor([[0.25]]);
  const { z, projected, records } = await solveMap(map, { ...options, maxIterations: 5 }, { z0 });
  expect(await projected.data()).toEqual(Float32Array.of(0.25));
  expect(records[0]?.abs).toEqual([0.25]);
  tf.dispose([z0, z, projected]);
});

test('frees everything when it is left early, or never begun', async () => {
  using toy = openToy(0.45);
  const maps = flowMaps(toy.f, () => tf.clone(toy.z0));
  for (const map of [maps.plain(), maps['rk4']?.(), maps['damped']?.()]) {
    if (!map) throw new Error('no such map');
    const left = iterateMap(map, options);
    await left.next();
    await left.next();
    await left.return(undefined as never);
    await iterateMap(map, options).return(undefined as never);
  }
  expect(() => iterateMap(maps.plain(), { ...options, damping: 0 })).toThrow(RangeError);
});

describe('flow maps', () => {
  // exp(ht) of dz/dt = −2 z to the order of the scheme: f = −z has J = −1.
  test.each([
    ['euler', 1 - 0.2],
    ['heun', 1 - 0.2 + 0.02],
    ['rk4', 1 - 0.2 + 0.02 - 0.008 / 6 + 0.0016 / 24],
    ['damped', 1 - 0.2],
  ])('%s', async (name, factor) => {
    const maps = flowMaps(tf.neg, () => tf.ones([1, 2]));
    const map = maps[name]?.({ h: 0.1, beta: 0.1 });
    if (!map) throw new Error('no such map');
    const next = tf.tidy(() => map.apply(map.start()));
    for (const value of await next.data()) expect(value).toBeCloseTo(factor, 6);
    next.dispose();
    expect(() => maps[name]?.({ h: 0, beta: -1 })).toThrow(RangeError);
  });

  test('an Euler step of h = 1 is Picard', async () => {
    using toy = openToy(0.45);
    const { f, z0 } = toy;
    const plain = await solve(f, z0, options);
    const map = flowMaps(f, () => tf.clone(z0))['euler']?.({ h: 1 });
    if (!map) throw new Error('no such map');
    const euler = await solveMap(map, options);
    expect(euler.records).toHaveLength(plain.records.length);
    expect(euler.evaluations).toBe(plain.evaluations);
    tf.dispose([plain.z, euler.z, euler.projected]);
  });

  test('a flow settles where plain iteration cannot: real parts below 1, a radius above', async () => {
    // J = [[0, −1.5], [1.5, 0]]: eigenvalues ±1.5 i.
    const j = tf.tensor<tf.Rank.R2>([
      [0, -1.5],
      [1.5, 0],
    ]);
    const f = (z: tf.Tensor): tf.Tensor => tf.add(tf.matMul(z as tf.Tensor2D, j), 1);
    const maps = flowMaps(f, () => tf.zeros([1, 2]));
    const plain = await solveMap(maps.plain(), options);
    expect(plain.status).toBe('max-iterations');
    const abs = plain.records.map((record) => record.abs[0] ?? NaN);
    expect(abs.at(-1)).toBeGreaterThan(1e4 * (abs[0] ?? NaN));
    const map = maps['rk4']?.({ h: 0.5 });
    if (!map) throw new Error('no such map');
    const flow = await solveMap(map, options);
    expect(flow.status).toBe('converged');
    tf.dispose([j, plain.z, plain.projected, flow.z, flow.projected]);
  });
});
