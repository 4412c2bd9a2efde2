import { linear } from '../src/ops/linear.ts';
import { repeat } from '../src/numerics/repeat.ts';
import type { GpuCounters } from '../src/tf/counters.ts';
import { matmulVariant, setMatmul } from '../src/tf/fused.ts';
import * as tf from '../src/tf/index.ts';
import type { Matmul, Rate, SizeName } from './rows.ts';
import { multiplyAdds, sizes } from './sizes.ts';
import { enterVariant, openSubject, resultOf } from './subject.ts';
import { median } from './median.mjs';
import { inRounds, timed, type Rounds, type Work } from './timing.ts';

/** Rows, inner and columns of products that kernels like: whole blocks, and much to do. */
const shapes = [
  [512, 64, 256],
  [1024, 256, 256],
  [512, 512, 512],
] as const;

/** A work, with its multiply-adds. */
interface Arithmetic {
  readonly name: string;
  readonly multiplyAdds: number;
  readonly work: Work;
}

/** Arithmetic rates of f, and of matrix products alone: ours and tfjs's own, all measured in turn. */
export async function measureMatmul(
  names: readonly SizeName[],
  counters: GpuCounters,
  rounds: Rounds,
): Promise<Matmul> {
  const fs: Arithmetic[] = [];
  const disposables = new DisposableStack();
  using _ = disposables;
  for (const name of names) {
    const subject = disposables.use(await openSubject('fused', sizes[name]));
    const run = (): tf.Tensor => repeat(subject.f, subject.z0, 8);
    fs.push({ name, multiplyAdds: multiplyAdds(sizes[name]), work: workOf(counters, 8, run) });
  }
  const products: Arithmetic[] = [];
  for (const [rows, inner, columns] of shapes) {
    const [x, w] = [tf.fill([rows, inner], 0.5), tf.fill([inner, columns], 0.25)];
    disposables.defer(() => {
      tf.dispose([x, w]);
    });
    const shape = `${rows} × ${inner} × ${columns}`;
    const kernels = {
      'fused linear': () => linear(x, w),
      'fused linear by tiles': () => byTiles(() => linear(x, w)),
      'tfjs matMul': () => tf.matMul(x, w),
    };
    for (const [kernel, run] of Object.entries(kernels))
      products.push({
        name: `${kernel} ${shape}`,
        multiplyAdds: rows * inner * columns,
        work: workOf(counters, 4, () => lastOf(4, run)),
      });
  }
  const all = [...fs, ...products];
  for (const { work } of all) await work.warm();
  const samples = await inRounds(
    all.map(({ work }) => work),
    rounds,
  );
  const rates = all.map(({ name, multiplyAdds: count }, i): Rate => {
    const ms = median((samples[i] ?? []).map((sample) => sample.ms));
    return { name, gflops: (2 * count) / ms / 1e6 };
  });
  const kernels = rates.slice(fs.length);
  const best = kernels.reduce((a, b) => (b.gflops > a.gflops ? b : a));
  return {
    f: Object.fromEntries(rates.slice(0, fs.length).map(({ name, gflops }) => [name, gflops])),
    kernels,
    best,
  };
}

/** With the other variant of our products than the one that f is measured with. */
function byTiles(run: () => tf.Tensor): tf.Tensor {
  const before = matmulVariant();
  setMatmul('tiles');
  try {
    return run();
  } finally {
    setMatmul(before);
  }
}

/** Enqueue it `times` times; the GPU works in order, so the last result waits for all. */
function lastOf(times: number, run: () => tf.Tensor): tf.Tensor {
  let last = run();
  for (let i = 1; i < times; i++) {
    last.dispose();
    last = run();
  }
  return last;
}

function workOf(counters: GpuCounters, units: number, run: () => tf.Tensor): Work {
  const measure: Work['measure'] = () => timed(counters, units, () => resultOf(run()));
  return {
    enter: () => enterVariant('fused'),
    measure,
    warm: async () => {
      await measure();
      return null;
    },
  };
}
