/** Typed access to the golden files: reference values computed in float64 by the peers' own code. */
import tanhContractive from './golden/tanh-contractive.json';
import tanhExpansive from './golden/tanh-expansive.json';
import postLn from './golden/transformer-post-ln.json';
import postLnMemory from './golden/transformer-post-ln-mems.json';
import preLn from './golden/transformer-pre-ln.json';
import trellisnet from './golden/trellisnet.json';
import { tanhCell, tanhInjection } from '../src/cells/tanh.ts';
import {
  languageModel,
  type LanguageModel,
  type LanguageModelConfig,
  type SegmentMemory,
} from '../src/model/languageModel.ts';
import type { EquilibriumProblem } from '../src/model/problem.ts';
import type { FixedPointMap, SolverOptions } from '../src/solvers/solver.ts';
import * as tf from '../src/tf/index.ts';
import type { Params } from '../src/tf/params.ts';

export interface GoldenTensor {
  readonly shape: number[];
  readonly data: number[];
}

/** Residuals of one peer's solver: per sample `[entry][sample]`, or over the whole batch `[entry]`. */
export interface GoldenTrace {
  readonly abs: number[][];
  readonly rel: number[][];
}

/** What the solver tests need of a golden file. `f` and `dispose` work on the current backend. */
export interface GoldenCase {
  readonly name: string;
  readonly zProbe: GoldenTensor;
  readonly fOfZProbe: GoldenTensor;
  readonly fixedPoint: GoldenTensor;
  readonly solvers: Readonly<Record<TorchSolver, GoldenTrace>>;
  /** Build the cell on the current backend. */
  readonly open: () => { f: FixedPointMap; params: Params; dispose: () => void };
}

export type TorchSolver =
  'broyden' | 'anderson_m6' | 'anderson_m3_beta07' | 'fixed_point' | 'fixed_point_damped06';

/** A golden tensor on the current backend. */
export const toTensor = ({ shape, data }: GoldenTensor): tf.Tensor => tf.tensor(data, shape);

/** The files of bare tanh cells, by name. */
export const tanhFiles = { 'tanh-contractive': tanhContractive, 'tanh-expansive': tanhExpansive };
/** The files whose cell is part of a language model, by name. */
export const modelFiles = {
  'transformer-post-ln': postLn,
  'transformer-post-ln-mems': postLnMemory,
  'transformer-pre-ln': preLn,
  trellisnet,
};
/** A file of a bare tanh cell. */
export type TanhFile = (typeof tanhFiles)[keyof typeof tanhFiles];
/** A file whose cell is part of a language model. */
export type ModelFile = (typeof modelFiles)[keyof typeof modelFiles];

const goldenCase = (
  name: string,
  file: TanhFile | ModelFile,
  open: GoldenCase['open'],
): GoldenCase => ({
  name,
  zProbe: file.z_probe,
  fOfZProbe: file.f_of_z_probe,
  fixedPoint: file.fixed_point,
  solvers: file.solvers,
  open,
});

const tanhCase = (name: string, file: TanhFile): GoldenCase =>
  goldenCase(name, file, () => {
    const params = {
      'state.weight': toTensor(file.W),
      'input.weight': toTensor(file.U),
      'input.bias': toTensor(file.b),
    };
    const injection = tf.tidy(() => tanhInjection(params, toTensor(file.x)));
    return {
      params,
      f: (z) => tanhCell(params, injection, z),
      dispose: () => {
        tf.dispose([params, injection]);
      },
    };
  });

/** The language model of a file, and its problem; dispose it to free the tensors. */
export function openModel(
  file: ModelFile,
): Disposable & { readonly model: LanguageModel; readonly problem: EquilibriumProblem } {
  const model = languageModel(configOf(file));
  const params = model.fromTorch(file.params);
  const memory: SegmentMemory =
    'nhid' in file
      ? { z: toTensor(file.z_hist) }
      : { z: toTensor(file.z_mem), u: toTensor(file.u_mem) };
  const { tokens, targets } = file;
  return {
    model,
    problem: model.problem(params, { tokens, targets, memory }),
    [Symbol.dispose]: () => {
      tf.dispose([params, memory.z, memory.u ?? []]);
    },
  };
}

function configOf(file: ModelFile): LanguageModelConfig {
  return 'nhid' in file
    ? {
        cell: 'trellis',
        vocabulary: file.vocab,
        dEmbed: file.ninp,
        dHidden: file.nhid,
        dOutput: file.nout,
        kernel: file.kernel,
      }
    : {
        cell: 'transformer',
        vocabulary: file.vocab,
        dModel: file.d,
        heads: file.heads,
        dInner: file.d_inner,
        preLayerNorm: file.pre_lnorm,
        memoryLength: file.mem,
      };
}

const modelCase = (name: string, file: ModelFile): GoldenCase =>
  goldenCase(name, file, () => {
    const opened = openModel(file);
    const { problem } = opened;
    const { params } = problem;
    const injection = tf.tidy(() => problem.inject(params));
    return {
      params,
      f: (z) => problem.f(params, injection, z),
      dispose: () => {
        opened[Symbol.dispose]();
        injection.dispose();
      },
    };
  });

export const goldenCases: readonly GoldenCase[] = [
  ...Object.entries(tanhFiles).map(([name, file]) => tanhCase(name, file)),
  ...Object.entries(modelFiles).map(([name, file]) => modelCase(name, file)),
];

/** The five solver rows as our options, and which of our records the peer's first entry is. */
export const goldenSolvers: readonly {
  readonly row: TorchSolver;
  readonly offset: number;
  readonly options: Pick<SolverOptions, 'method' | 'damping' | 'history' | 'ridge' | 'ridgeMode'>;
}[] = [
  { row: 'broyden', offset: 1, options: { method: 'broyden', history: Infinity } },
  {
    row: 'anderson_m6',
    offset: 2,
    options: { method: 'anderson', history: 6, ridge: 1e-4, ridgeMode: 'absolute' },
  },
  {
    row: 'anderson_m3_beta07',
    offset: 2,
    options: { method: 'anderson', history: 3, ridge: 1e-4, ridgeMode: 'absolute', damping: 0.7 },
  },
  { row: 'fixed_point', offset: 0, options: { method: 'picard' } },
  { row: 'fixed_point_damped06', offset: 0, options: { method: 'picard', damping: 0.6 } },
];
