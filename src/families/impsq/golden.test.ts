/** ImpSq against the reference's own values: cells, traces, gradients, the direct solve; W's bound against its definition. */
import { beforeAll, describe, expect, test } from 'vitest';
import file from '../../../test/golden/families/impsq.json';
import { freeGolden, goldenFamilies, largestGap } from '../../../test/familyGolden.ts';
import { failOnLeaks } from '../../../test/leaks.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { biasOf, injected } from './cell.ts';
import { directSolve } from './directSolve.ts';
import { impsqGolden } from './golden.ts';

type Name = keyof typeof file.cases;
const names = Object.keys(file.cases) as Name[];

goldenFamilies(
  'cpu',
  names.map((of) => ({ name: `impsq, ${of}`, file, of })),
);

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

/** ‖·‖ over all samples, as the reference judges. */
const whole = (norms: readonly number[]): number => Math.hypot(...norms);

describe.each(names)('%s', (name) => {
  const { solvers } = file.cases[name];

  test('the reference’s plain iteration', async () => {
    const opened = impsqGolden.open(file, name);
    const { abs, rel } = solvers.impsq_forward_iter;
    const map = opened.problem.maps.plain();
    const { z, projected, records } = await solveMap(map, {
      ...{ method: 'picard', maxIterations: abs.length, tolerance: 0, stopMode: 'rel' },
    });
    let held = 0;
    for (const [k, theirs] of abs.entries()) {
      if (!((rel[k] ?? 0) > 2e-3)) continue;
      expect(Math.abs(whole(records[k]?.abs ?? []) / theirs - 1), `entry ${k}`).toBeLessThan(0.01);
      held++;
    }
    expect(held).toBeGreaterThan(5);
    tf.dispose([z, projected]);
    map.dispose?.();
    freeGolden(opened);
  });

  test('the reference’s Anderson, which mixes place by place', async () => {
    const opened = impsqGolden.open(file, name);
    const { abs, rel } = solvers.impsq_anderson_m5;
    const map = opened.problem.maps.plain();
    const { z, projected, records } = await solveMap(map, {
      ...{ method: 'anderson', history: 5, ridge: 1e-4, ridgeMode: 'absolute' },
      ...{ maxIterations: abs.length + 2, tolerance: 0, stopMode: 'rel' },
    });
    let held = 0;
    for (const [k, theirs] of abs.entries()) {
      if (!((rel[k] ?? 0) > 2e-3)) continue;
      const found = whole(records[k + 2]?.abs ?? []);
      expect(Math.abs(found / theirs - 1), `entry ${k}`).toBeLessThan(k < 10 ? 0.01 : 0.05);
      held++;
    }
    expect(held).toBeGreaterThan(3);
    tf.dispose([z, projected]);
    map.dispose?.();
    freeGolden(opened);
  });
});

test.each(names.filter((name) => !name.startsWith('siren')))(
  '%s: the direct solve is the fixed point at every place',
  async (name) => {
    const opened = impsqGolden.open(file, name);
    const { problem, cell, probe } = opened;
    const [places = 0, width = 0] = probe.shape;
    const { layers } = cell;
    const tensors = tf.tidy(() => {
      const { own, filters, weights } = injected(
        cell,
        problem.inject(problem.params),
        width,
        places,
      );
      return [own, ...filters, ...weights].map((t) => tf.clone(t));
    });
    const bias = (l: number): tf.Tensor => problem.params[biasOf(l)] as tf.Tensor;
    const read = await Promise.all(tensors.map(async (t) => (await t.data()) as Float32Array));
    const solution = directSolve({
      ...{ width, places, own: read[0] as Float32Array },
      layers: await Promise.all(
        Array.from({ length: layers }, async (_, l) => ({
          filter: read[1 + l] as Float32Array,
          weight: read[1 + layers + l] as Float32Array,
          bias: (await bias(l).data()) as Float32Array,
        })),
      ),
    });
    const { data } = file.cases[name].fixed_point;
    const turned = data.map((_, i) => data[(i % places) * width + Math.floor(i / places)] ?? NaN);
    expect(largestGap(solution, turned)).toBeLessThan(2e-5);
    tf.dispose(tensors);
    freeGolden(opened);
  },
);

// Last, since the backend stays.
wasmInNode();
goldenFamilies('wasm', [{ name: 'impsq, gabor_L2', file, of: 'gabor_L2' }], {
  only: ['fixed_point', 'exact_implicit'],
});
