import { tanhCell, tanhInjection } from '../../families/language/tanhCell.ts';
import { languageModel, type LanguageModelConfig } from '../../families/language/languageModel.ts';
import type { TorchTensor } from '../../families/parameters.ts';
import type { EquilibriumProblem } from '../../implicit/problem.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type {
  GoldenFile,
  GoldenTensor,
  TanhFile,
  TransformerFile,
  TrellisFile,
} from './goldenFile.ts';

/** A file's problem on the current backend; dispose it to free the tensors. */
export interface OpenGolden extends Disposable {
  readonly problem: EquilibriumProblem;
  /** What x contributes to f, evaluated once. */
  readonly injection: tf.Tensor;
  /** One evaluation of the cell. */
  readonly f: (z: tf.Tensor) => tf.Tensor;
  /** Gradients by the file's names and layouts. */
  readonly torch: (gradients: Params) => Promise<Record<string, TorchTensor>>;
}

/** A golden tensor on the current backend. */
export const toTensor = ({ shape, data }: GoldenTensor): tf.Tensor => tf.tensor(data, shape);

/** The problem of a file. */
export function openGolden(file: GoldenFile): OpenGolden {
  const { problem, torch, extra } = 'W' in file ? openTanh(file) : openModel(file);
  const injection = tf.tidy(() => problem.inject(problem.params));
  return {
    problem,
    torch,
    injection,
    f: (z) => problem.f(problem.params, injection, z),
    [Symbol.dispose]: () => {
      tf.dispose([problem.params, extra, injection]);
    },
  };
}

interface Opened extends Pick<OpenGolden, 'problem' | 'torch'> {
  /** Tensors besides the parameters. */
  readonly extra: tf.Tensor[];
}

function openTanh(file: TanhFile): Opened {
  // The file has a gradient for the input too, so that is a parameter here.
  const params = Object.fromEntries(
    (['W', 'U', 'b', 'x'] as const).map((name) => [name, toTensor(file[name])]),
  );
  const named = (p: Params): Params => ({
    'state.weight': param(p, 'W'),
    'input.weight': param(p, 'U'),
    'input.bias': param(p, 'b'),
  });
  return {
    problem: {
      params,
      inject: (p) => tanhInjection(named(p), param(p, 'x')),
      f: (p, injection, z) => tanhCell(named(p), injection, z),
      loss: (_, z) => tf.sum(tf.mul(toTensor(file.c), z)),
      initialState: () => tf.zeros(file.z_probe.shape),
    },
    torch: async (gradients) => {
      const found: Record<string, TorchTensor> = {};
      for (const [key, tensor] of Object.entries(gradients))
        found[key] = { shape: tensor.shape, data: await tensor.data() };
      return found;
    },
    extra: [],
  };
}

function openModel(file: TransformerFile | TrellisFile): Opened {
  const model = languageModel(configOf(file));
  const params = model.fromTorch(file.params);
  const memory =
    'nhid' in file
      ? { z: toTensor(file.z_hist) }
      : { z: toTensor(file.z_mem), u: toTensor(file.u_mem) };
  const { tokens, targets } = file;
  return {
    problem: model.problem(params, { tokens, targets, memory }),
    torch: (gradients) => model.toTorch(gradients),
    extra: Object.values(memory),
  };
}

function configOf(file: TransformerFile | TrellisFile): LanguageModelConfig {
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
