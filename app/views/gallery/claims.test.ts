import { expect, it } from 'vitest';
import { presetExperiment } from '../../../src/schema/experiment.ts';
import { predictMemory, type MemoryVariant } from '../../../src/memory/memoryLaw.ts';
import { presets, type PresetName } from '../../../src/schema/presets.ts';
import trace from '../../traces/gallery.trace.json';
import type { GalleryTrace, RecordedCurve } from '../../traces/galleryTrace.ts';
import { cards } from './cards.ts';
import { memoryProblem } from '../../traces/presetSizes.ts';
import { factsOf } from './facts.ts';
import { shelves } from './shelves.ts';

const recorded: GalleryTrace = trace;
const names = Object.keys(presets) as PresetName[];

/** A recorded curve with what claims speak of. */
function run(preset: PresetName, label: string) {
  const found: RecordedCurve | undefined = recorded[preset]?.find((one) => one.label === label);
  if (!found) throw new Error(`Nothing was recorded of ${preset}, ${label}.`);
  const { values, facts = {} } = found;
  return {
    ...found,
    values,
    last: values.at(-1) ?? NaN,
    iterations: values.length - 1,
    fact: (name: string) => facts[name] ?? NaN,
  };
}

it('shows every preset once, with a recording of just the runs its card names', () => {
  expect(shelves.flatMap((shelf) => shelf.presets).toSorted()).toEqual(names.toSorted());
  expect(Object.keys(recorded).toSorted()).toEqual(names.toSorted());
  for (const name of names) {
    const runs = cards[name].runs.map(({ label, changes = {} }) => ({ label, changes }));
    expect(recorded[name]?.map(({ label, changes }) => ({ label, changes }))).toEqual(runs);
  }
});

it('is small', () => {
  expect(JSON.stringify(trace).length).toBeLessThan(60_000);
});

it('says of each card how hard and how long it is, and what it needs', () => {
  expect(factsOf('contraction', recorded['contraction'] ?? [], 'fused')).toEqual([
    'easy',
    '15 iterations',
    'a training step needs ~0.236 MB',
  ]);
  const [level, steps, memory] = factsOf('train-own', [], 'fused');
  expect([level, steps]).toEqual(['easy', '200 steps']);
  expect(memory).toMatch(/^a run needs ~\d+(\.\d+)? MB$/);
  // The same figure as in the Train view, with the kernels in use.
  expect(factsOf('train-refinement', [], 'fused').at(-1)).toBe('a run needs ~26.2 MB');
  expect(factsOf('train-refinement', [], 'stock').at(-1)).toBe('a run needs ~31.9 MB');
  // All of them were metered: scripts/recordSizes.mjs.
  for (const name of names)
    for (const kernels of ['fused', 'stock'] as const)
      expect(factsOf(name, recorded[name] ?? [], kernels).at(-1), name).toMatch(
        /^(a run|a training step) needs ~[\d.]+ [kM]?B$/,
      );
});

/** What each preset claims, in numbers. Widths leave room for other devices' rounding. */
const claims: Readonly<Record<PresetName, () => void>> = {
  'char-transformer': () => {
    expect(run('char-transformer', 'Anderson').status).toBe('converged');
  },
  contraction: () => {
    const { status, values } = run('contraction', 'Picard');
    expect(status).toBe('converged');
    // A straight line on a log axis: no residual is further from it than a factor of two.
    const logs = values.map(Math.log10);
    const slope = ((logs.at(-1) ?? NaN) - (logs[0] ?? NaN)) / (logs.length - 1);
    for (const [at, log] of logs.entries())
      expect(Math.abs(log - (logs[0] ?? NaN) - slope * at)).toBeLessThan(Math.log10(2));
  },
  'steady-flow': () => {
    const [flow, plain] = [run('steady-flow', 'Runge–Kutta'), run('steady-flow', 'Picard')];
    expect([flow.status, plain.status]).toEqual(['converged', 'max-iterations']);
    expect(Math.min(...plain.values.slice(-20))).toBeGreaterThan(0.5);
    expect(run('steady-flow', 'adaptive flow').status).toBe('converged');
    expect(flow.fact('radius')).toBeGreaterThan(1.2);
    expect(flow.fact('real')).toBeLessThan(1);
  },
  'steady-newton': () => {
    const { status, values, iterations, last } = run('steady-newton', 'Newton');
    expect(status).toBe('converged');
    expect(iterations).toBeLessThanOrEqual(5);
    // Squared, up to a factor, until round-off is all there is.
    for (const [k, value] of values.entries())
      if (k > 0 && value > 1e-6) expect(value).toBeLessThan(2 * (values[k - 1] ?? NaN) ** 2);
    expect(last).toBeLessThan(5e-7);
    expect(run('steady-newton', 'Broyden').iterations).toBeGreaterThan(3 * iterations);
  },
  'steady-dense-broyden': () => {
    const [full, half] = [
      run('steady-dense-broyden', 'α = 1'),
      run('steady-dense-broyden', 'α = 0.5'),
    ];
    expect([full.status, half.status]).toEqual(['converged', 'converged']);
    expect(full.iterations).toBeLessThan(half.iterations);
  },
  'edge-of-stability': () => {
    const picard = run('edge-of-stability', 'Picard');
    const anderson = run('edge-of-stability', 'Anderson');
    expect([picard.status, anderson.status]).toEqual(['converged', 'converged']);
    expect(picard.fact('radius')).toBeCloseTo(0.97, 2);
    expect(anderson.iterations).toBeLessThan(picard.iterations / 10);
  },
  'non-normal': () => {
    const { status, values, fact } = run('non-normal', 'Picard');
    expect(status).toBe('converged');
    expect(fact('radius')).toBeLessThan(1);
    expect(fact('sigma')).toBeGreaterThan(1);
    expect(Math.max(...values) / (values[0] ?? NaN)).toBeGreaterThan(2.8);
  },
  'two-fixed-points': () => {
    const { status, fact } = run('two-fixed-points', 'Picard');
    expect(status).toBe('converged');
    expect(fact('kick 0.1')).toBeLessThan(1e-3);
    // As far off as two states of that size can be: on the other side of 0.
    expect(fact('kick 2')).toBeGreaterThan(1);
  },
  damping: () => {
    const [plain, damped] = [run('damping', 'β = 1'), run('damping', 'β = 0.7')];
    expect(plain.status).toBe('max-iterations');
    expect(Math.min(...plain.values.slice(-20))).toBeGreaterThan(0.3);
    expect(damped.status).toBe('converged');
  },
  'picard-diverges': () => {
    const picard = run('picard-diverges', 'Picard');
    const broyden = run('picard-diverges', 'Broyden');
    expect(picard.status).toBe('max-iterations');
    expect(Math.min(...picard.values)).toBeGreaterThan(0.1);
    expect(broyden.status).toBe('converged');
    expect(broyden.iterations).toBeLessThan(25);
  },
  'monotone-digit': () => {
    const [splitting, plain] = [
      run('monotone-digit', 'Peaceman–Rachford'),
      run('monotone-digit', 'Picard'),
    ];
    expect(splitting.status).toBe('converged');
    expect(splitting.iterations).toBeLessThan(25);
    expect(splitting.fact('radius')).toBeGreaterThan(1);
    expect(plain.status).not.toBe('converged');
    expect(plain.last).toBeGreaterThan(0.1);
  },
  'monotone-step': () => {
    expect(run('monotone-step', 'α = 0.1').status).toBe('converged');
    const far = run('monotone-step', 'α = 1');
    expect(far.status).not.toBe('converged');
    expect(far.last).toBeGreaterThan(0.1);
  },
  'monotone-starts': () => {
    const { status, fact } = run('monotone-starts', 'Peaceman–Rachford');
    expect(status).toBe('converged');
    expect(fact('kick 1')).toBeLessThan(1e-3);
    expect(fact('kick 10')).toBeLessThan(1e-3);
    expect(run('monotone-starts', 'Picard').status).not.toBe('converged');
  },
  'monotone-conv': () => {
    const conv = run('monotone-conv', 'Convolutional');
    expect(conv.status).toBe('converged');
    expect(conv.iterations).toBeLessThan(run('monotone-conv', 'Fully connected').iterations);
  },
  'train-digits': () => {
    const { status, fact } = run('train-digits', 'DEQ');
    expect(status).toBe('finished');
    expect(fact('accuracy')).toBeGreaterThan(0.8);
  },
  'multiscale-digit': () => {
    for (const label of ['Anderson', 'Broyden', 'Picard']) {
      const { status, iterations } = run('multiscale-digit', label);
      expect([label, status]).toEqual([label, 'converged']);
      expect(iterations).toBeLessThanOrEqual(15);
    }
  },
  'multiscale-random': () => {
    for (const label of ['gain 0.3', 'gain 2']) {
      const { status, values } = run('multiscale-random', label);
      expect([label, status]).toEqual([label, 'max-iterations']);
      expect(Math.min(...values)).toBeGreaterThan(0.05);
    }
    expect(run('multiscale-random', 'trained').status).toBe('converged');
  },
  'train-multiscale': () => {
    const { status, fact } = run('train-multiscale', 'DEQ');
    expect(status).toBe('finished');
    expect(fact('accuracy')).toBeGreaterThan(0.667);
  },
  'picture-waves': () => {
    for (const label of ['Fourier', 'Gabor', 'sine']) {
      const { status, iterations, fact } = run('picture-waves', label);
      expect(status).toBe('converged');
      expect(iterations).toBeLessThan(20);
      expect(fact('psnr')).toBeGreaterThan(25);
      if (label !== 'sine') expect(fact('direct')).toBeLessThan(1e-4);
    }
  },
  'picture-enlarged': () => {
    const [fine, own] = [
      run('picture-enlarged', '4 × as fine'),
      run('picture-enlarged', 'its pixels'),
    ];
    expect([fine.status, own.status]).toEqual(['converged', 'converged']);
    // As many iterations at sixteen times as many places.
    expect(Math.abs(fine.iterations - own.iterations)).toBeLessThan(3);
    expect(fine.fact('numbers')).toBe(16 * own.fact('numbers'));
  },
  'train-picture': () => {
    const { status, fact } = run('train-picture', '16 rows a step');
    expect(status).toBe('finished');
    expect(fact('psnr')).toBeGreaterThan(25);
  },
  'train-picture-skip': () => {
    const [skipped, solved] = [
      run('train-picture-skip', 'one evaluation'),
      run('train-picture-skip', 'solved'),
    ];
    expect([skipped.status, solved.status]).toEqual(['finished', 'finished']);
    expect(solved.fact('psnr') - skipped.fact('psnr')).toBeLessThan(2);
    expect(skipped.fact('evaluations')).toBeLessThan(0.5 * solved.fact('evaluations'));
  },
  'refinement-shape': () => {
    for (const label of ['Anderson', 'Picard']) {
      const { status, fact } = run('refinement-shape', label);
      expect([label, status]).toEqual([label, 'converged']);
      expect(fact('firstIou')).toBeCloseTo(0.66, 1);
      // What a threshold has.
      expect(fact('iou') - fact('gain')).toBeCloseTo(0.66, 1);
      expect(fact('iou')).toBeGreaterThan(0.86);
    }
    const wide = run('refinement-shape', 'bar twice as wide');
    expect(wide.fact('iou')).toBeGreaterThan(wide.fact('firstIou') + 0.15);
  },
  'refinement-gain': () => {
    const [small, one, four] = ['gain 0.3', 'gain 1', 'gain 4'].map((label) =>
      run('refinement-gain', label),
    );
    expect([small?.status, one?.status, four?.status]).toEqual([
      'converged',
      'converged',
      'max-iterations',
    ]);
    expect(small?.iterations).toBeLessThan(20);
    expect(one?.iterations).toBeLessThan(90);
    expect(one?.iterations).toBeGreaterThan(3 * (small?.iterations ?? Infinity));
  },
  'train-refinement': () => {
    const [switched, implicit] = ['unrolled, then implicit', 'implicit all along'].map((label) =>
      run('train-refinement', label),
    );
    expect([switched?.status, implicit?.status]).toEqual(['finished', 'finished']);
    expect(switched?.fact('iou')).toBeGreaterThan((implicit?.fact('iou') ?? NaN) - 0.02);
    expect(switched?.fact('iou')).toBeGreaterThan(0.6);
    expect(switched?.fact('evaluations')).toBeLessThan(0.8 * (implicit?.fact('evaluations') ?? 0));
    // Half of its steps are before the switch, half after it: the curve goes on.
    const values = switched?.values ?? [];
    const around = values.slice(18, 22);
    expect(Math.max(...around)).toBeLessThan(1.6 * Math.min(...around));
  },
  expansive: () => {
    expect(run('expansive', 'Broyden').status).toBe('converged');
    expect(run('expansive', 'Broyden').fact('radius')).toBeGreaterThan(1.2);
    expect(run('expansive', 'Picard').last).toBeGreaterThan(0.1);
  },
  'anderson-window': () => {
    const [one, three, six] = ['m = 1', 'm = 3', 'm = 6'].map((m) => run('anderson-window', m));
    expect([one?.status, three?.status, six?.status]).toEqual([
      'max-iterations',
      'converged',
      'converged',
    ]);
    expect(one?.values).toEqual(run('picard-diverges', 'Picard').values);
    expect(six?.iterations).toBeLessThan(0.6 * (three?.iterations ?? 0));
  },
  'broyden-anderson': () => {
    const [searched, anderson] = ['Broyden, line search', 'Anderson'].map((label) =>
      run('broyden-anderson', label),
    );
    expect([searched?.status, anderson?.status]).toEqual(['converged', 'converged']);
    expect(searched?.iterations).toBeLessThan(anderson?.iterations ?? 0);
    expect(searched?.fact('evaluations')).toBeGreaterThan(
      1.33 * (anderson?.fact('evaluations') ?? NaN),
    );
  },
  'broyden-rank': () => {
    expect(run('broyden-rank', 'rank 5').status).toBe('diverged');
    expect(run('broyden-rank', 'rank 30').status).toBe('converged');
  },
  'singular-anderson': () => {
    const [bare, ridged] = ['λ = 1e-10', 'λ = 1e-4'].map((label) =>
      run('singular-anderson', label),
    );
    expect([bare?.status, ridged?.status]).toEqual(['converged', 'converged']);
    expect(bare?.iterations).toBeLessThan(ridged?.iterations ?? 0);
    expect(run('singular-anderson', 'm = 2').status).toBe('converged');
  },
  'no-solver': () => {
    for (const method of ['Anderson', 'Picard', 'Broyden']) {
      const { status, values } = run('no-solver', method);
      expect(status).not.toBe('converged');
      expect(Math.min(...values)).toBeGreaterThan(0.05);
    }
  },
  'float32-floor': () => {
    for (const method of ['Anderson', 'Picard', 'Broyden']) {
      const { status, values } = run('float32-floor', method);
      expect(status).not.toBe('converged');
      expect(Math.min(...values)).toBeLessThan(1e-7);
      expect(Math.min(...values)).toBeGreaterThan(1e-8);
    }
  },
  'layer-norm': () => {
    const [post, pre] = [run('layer-norm', 'post-LN'), run('layer-norm', 'pre-LN')];
    expect([post.status, pre.status]).toEqual(['converged', 'converged']);
    expect(post.iterations).toBeLessThan(0.36 * pre.iterations);
  },
  'long-text': () => {
    const [long, short] = [run('long-text', '128 characters'), run('long-text', '32')];
    expect([long.status, short.status]).toEqual(['converged', 'converged']);
    expect(long.iterations).toBeLessThan(1.25 * short.iterations);
  },
  pretrained: () => {
    const { status, iterations, fact } = run('pretrained', 'Broyden');
    expect(status).toBe('converged');
    expect(fact('known')).toBeLessThan(iterations / 2);
  },
  trellisnet: () => {
    expect(run('trellisnet', 'Anderson').status).toBe('converged');
  },
  gradients: () => {
    const { values, fact } = run('gradients', 'Neumann');
    for (const [at, value] of values.entries())
      if (at > 0) expect(value).toBeLessThan(values[at - 1] ?? 0);
    expect(fact('oneStepError')).toBeGreaterThan(0.5);
    expect(fact('oneStepCosine')).toBeCloseTo(0.75, 2);
    expect(fact('phantomCosine')).toBeCloseTo(0.91, 2);
    expect(fact('neumannCosine')).toBeCloseTo(0.98, 2);
    expect(values.at(-1)).toBeLessThan(0.06);
  },
  memory: () => {
    const [deq, unrolled] = [run('memory', 'DEQ'), run('memory', 'unrolled')];
    expect(unrolled.last / deq.last).toBeGreaterThan(10);
    const stock = (variant: MemoryVariant, depth: number): number =>
      predictMemory(presetExperiment('memory'), variant, depth, memoryProblem('stock')).peak;
    expect(stock('unrolled', 96) / stock('deq', 20)).toBeGreaterThan(20);
    expect(new Set(deq.values).size).toBe(1);
  },
  'train-moby-dick': () => {
    const { fact } = run('train-moby-dick', 'DEQ');
    expect(fact('validation')).toBeLessThan(0.52 * fact('first'));
    expect(fact('validation')).toBeLessThan(fact('unigram'));
  },
  'train-own': () => {
    const { fact } = run('train-own', 'DEQ');
    expect(fact('validation')).toBeLessThan(fact('unigram'));
  },
  'train-copy': () => {
    const { fact } = run('train-copy', 'DEQ');
    expect(fact('validation')).toBeLessThan(fact('unigram') - 0.3);
  },
  'train-one-step': () => {
    const [one, exact] = [run('train-one-step', 'one-step'), run('train-one-step', 'exact')];
    expect(one.fact('validation') - exact.fact('validation')).toBeLessThan(0.1);
    expect(one.fact('evaluations')).toBeLessThan(0.7 * exact.fact('evaluations'));
  },
  'steady-skip': () => {
    const [learned, zeros] = [run('steady-skip', 'learned start'), run('steady-skip', 'zeros')];
    expect([learned.status, zeros.status]).toEqual(['converged', 'converged']);
    expect(learned.values.length).toBeLessThan(0.8 * zeros.values.length);
    expect(learned.values[0]).toBeLessThan(0.5 * (zeros.values[0] ?? 0));
  },
  'train-skip': () => {
    const { fact } = run('train-skip', 'learned start');
    expect(fact('accuracy')).toBeGreaterThan(0.9);
    expect(fact('fromStart')).toBeLessThan(0.8 * fact('fromZeros'));
  },
  'inverse-denoise': () => {
    for (const label of ['untied', 'tied', 'Anderson']) {
      const { status, fact } = run('inverse-denoise', label);
      expect(status).toBe('converged');
      expect(fact('gain')).toBeGreaterThan(label === 'tied' ? 6 : 7);
    }
  },
  'inverse-bound': () => {
    const [below, above] = [run('inverse-bound', '2 % below'), run('inverse-bound', '2 % above')];
    expect(below.status).toBe('converged');
    expect(above.status).not.toBe('converged');
    // Past its first steps it only grows.
    const late = above.values.slice(40);
    expect(late.every((value, k) => k === 0 || value > (late[k - 1] ?? NaN))).toBe(true);
    expect(run('inverse-bound', 'τ = 0.45').last).toBeGreaterThan(0.9);
    expect(run('inverse-bound', 'τ = 0.45').fact('gain')).toBeLessThan(-20);
  },
  'inverse-transfer': () => {
    const { status, fact } = run('inverse-transfer', 'untied');
    expect(status).toBe('converged');
    expect(fact('gain')).toBeGreaterThan(5);
  },
  'train-regulariser': () => {
    const [tied, untied] = [run('train-regulariser', 'tied'), run('train-regulariser', 'untied')];
    // As measured it is 10.4 dB.
    expect(tied.fact('psnr')).toBeGreaterThan(15.5);
    expect(untied.fact('psnr')).toBeGreaterThan(tied.fact('psnr'));
  },
  'train-penalty': () => {
    const [on, off] = [run('train-penalty', 'penalty'), run('train-penalty', 'without')];
    expect(on.fact('residual')).toBeLessThan(0.03);
    expect(off.fact('residual')).toBeGreaterThan(0.04);
    expect(on.fact('radius')).toBeLessThan(1);
    expect(off.fact('radius')).toBeGreaterThan(2);
  },
};

it.each(names)('%s does what its card claims', (name) => {
  claims[name]();
});
