import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { changeSetting, defaultExperiment, type Experiment } from '../schema/experiment.ts';
import type { FieldPath } from '../schema/fields.ts';
import type { ProblemSizes } from '../memory/problemSizes.ts';
import { predictMemory, type MemoryVariant } from '../memory/memoryLaw.ts';
import { describeOn } from '../../test/describeOn.ts';
import {
  mappedMemoryClaims,
  memoryClaims,
  predictedTraining,
  runMemoryClaims,
  sizesOf,
  trainingMemoryClaims,
} from '../../test/memorySuite.ts';
import { setAssetReader } from '../inputs/assets.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import { MemoryMeter } from '../tf/memory.ts';
import { measureTrainingStep } from './measureMemory.ts';

beforeAll(() => {
  setAssetReader(async (path) => new Uint8Array(await readFile(`public/${path}`)));
});

wasmInNode();
memoryClaims('wasm', 'stock');
mappedMemoryClaims('wasm', 'stock', 'peaceman-rachford');
trainingMemoryClaims('wasm', 'stock');
runMemoryClaims('wasm', 'stock');
trainingMemoryClaims('cpu', 'stock', ['transformer']);

describeOn('wasm', false, 'a training that is too large to be metered', () => {
  test.each(['TrellisNet with a sharpened penalty', 'digits by Peaceman–Rachford'] as const)(
    'is predicted from smaller batches: %s',
    async (name) => {
      const whole = await predictedTraining(name, { budget: Infinity });
      const ofSmaller = await predictedTraining(name, { budget: 0 });
      expect(Math.abs(ofSmaller / whole - 1)).toBeLessThan(0.05);
    },
  );
});

/** Settings of one set-up. */
type Changes = Partial<Record<FieldPath, unknown>>;

const cells: Readonly<Record<string, Changes>> = {
  'post-LN': { 'cell.width': 8, 'cell.inner': 16 },
  'pre-LN': { 'cell.width': 8, 'cell.inner': 16, 'cell.layerNorm': 'pre' },
  TrellisNet: { 'cell.kind': 'trellis', 'cell.width': 8, 'cell.inner': 12 },
  // Many samples of few numbers, whose mixing systems outweigh the layer.
  tanh: { 'cell.kind': 'tanh', 'cell.width': 16 },
  // A batch whose solvers outweigh its layer, and states of so few numbers that norms do.
  'small system': { 'problem.family': 'steady', 'steady.width': 24, 'steady.samples': 6 },
  'plane along a flow': {
    ...{ 'problem.family': 'steady', 'steady.width': 2, 'steady.samples': 8 },
    'solver.map': 'rk4',
  },
  'two resolutions': {
    'problem.family': 'multiscale',
    'multiscale.weights': 'random',
    'multiscale.channels': '4',
  },
  'implicit picture': {
    ...{ 'problem.family': 'impsq', 'impsq.weights': 'random', 'impsq.width': 8 },
    'scene.picture': 'balloon.32',
  },
  'refined features': {
    'problem.family': 'refinement',
    'refinement.weights': 'random',
    'refinement.channels': '8',
  },
  'monotone network': { 'problem.family': 'monotone', 'monotone.hidden': 24 },
  // Its adjoint's splitting outweighs all else.
  'splitting of a monotone network, convolutional': {
    ...{ 'problem.family': 'monotone', 'solver.map': 'peaceman-rachford' },
    ...{ 'monotone.cell': 'conv', 'monotone.channels': 1 },
  },
  'inverse problem, convolutional': {
    'problem.family': 'inverse',
    'inverse.channels': 2,
    'inverse.kernel': 3,
    'inverse.sigma': 'relu',
  },
};
const methods = (both: string, more: Changes = {}): Changes => ({
  'solver.method': both,
  'backward.solver': both,
  ...more,
});
const solvers: Readonly<Record<string, Changes>> = {
  Picard: methods('picard'),
  Anderson: methods('anderson', { 'solver.window': 4, 'backward.window': 7 }),
  'Broyden, seeded': methods('broyden', {
    ...{ 'solver.rank': 6, 'backward.rank': 30, 'backward.seeded': true },
  }),
  Broyden: methods('broyden', { 'solver.rank': 30, 'backward.rank': 4 }),
  'Broyden, unbounded': methods('broyden', { 'solver.rank': 30, 'backward.rank': 30 }),
};
/** Kinds for states of few numbers, in either pass. */
const ofFew: Readonly<Record<string, Changes>> = {
  'dense Broyden': methods('broyden-dense'),
  Newton: methods('newton'),
  'Newton–GMRES': { 'solver.method': 'newton-gmres', 'backward.solver': 'picard' },
  'adaptive flow': methods('ode'),
  'adaptive flow of lower order': methods('ode', { 'solver.tableau': 'bs3' }),
};
const change = (changes: Changes): Experiment =>
  Object.entries(changes).reduce(
    (experiment, [path, value]) => changeSetting(experiment, path as FieldPath, value).experiment,
    changeSetting(defaultExperiment, 'input.text', 'a short text').experiment,
  );

describeOn('cpu', false, 'the memory law at depths it was not taken at', () => {
  const off = async (
    experiment: Experiment,
    variant: MemoryVariant,
    depth: number,
    meter: MemoryMeter,
    sizes: ProblemSizes,
  ): Promise<number> => {
    const { peak } = await measureTrainingStep(experiment, variant, depth, meter);
    const problem = { sizes, kernels: 'stock' } as const;
    return predictMemory(experiment, variant, depth, problem).peak / peak - 1;
  };
  test.each(Object.entries(cells))('%s', async (cell, changes) => {
    using meter = new MemoryMeter();
    const sizes = await sizesOf(change(changes), meter);
    // What a solver keeps is the same of every layer's states.
    const some = [
      ...Object.entries(solvers).slice(cell === 'tanh' ? 0 : -2),
      ...(changes['problem.family'] === 'steady' ? Object.entries(ofFew) : []),
    ];
    for (const [solver, own] of cell.endsWith('convolutional') ? some.slice(0, 1) : some) {
      const experiment = change({ ...changes, ...own });
      // Kinds without a history need the same at any depth; each of the two systems is solved at another.
      const depths = !(solver in ofFew) ? [3, 11] : cell.startsWith('plane') ? [11] : [3];
      for (const depth of depths)
        expect(
          Math.abs(await off(experiment, 'deq', depth, meter, sizes)),
          `DEQ by ${solver} at ${String(depth)}`,
        ).toBeLessThan(0.1);
    }
    const experiment = change(changes);
    for (const variant of ['unrolled', 'checkpointed'] as const)
      for (const depth of [1, 5])
        expect(
          Math.abs(await off(experiment, variant, depth, meter, sizes)),
          `${variant} at ${String(depth)}`,
        ).toBeLessThan(0.1);
  });
});
