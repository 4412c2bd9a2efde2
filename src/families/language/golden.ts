import { mapOf, type EquilibriumProblem } from '../../implicit/problem.ts';
import { flowMaps } from '../../numerics/flowMaps.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { FamilyProblem, GoldenReader, OpenedGolden } from '../family.ts';
import {
  caseOf,
  copyOut,
  isRecord,
  shaped,
  tensorOf,
  toTensor,
  toTensors,
  type FileTensor,
} from '../goldenFile.ts';
import { onePart, type Axis } from '../layout.ts';
import { languageModel, type LanguageModelConfig } from './languageModel.ts';
import { tanhCell, tanhInjection } from './tanhCell.ts';

/** Tensors of a file that are no parameters come and go with the problem. */
interface OpenedLanguage extends OpenedGolden {
  readonly problem: FamilyProblem & Disposable;
}

/**
 * The files of the three cells: a bare tanh cell with the loss ⟨c, z⟩, whose x is a parameter too, and the
 * language models of locuslab/deq with what was remembered of the segment before.
 */
export const languageGolden = {
  reads: (file) =>
    isRecord(file) && file['family'] === undefined && (isBare(file) || 'vocab' in file),
  open(file: unknown, name?: string): OpenedLanguage {
    const found = caseOf(file, name);
    const probe = tensorOf(found['z_probe'], 'z_probe');
    const { problem, toFile, extra, axes } = isBare(found) ? openBare(found) : openModel(found);
    const f = (z: tf.Tensor): tf.Tensor => tf.tidy(() => mapOf(problem)(problem.params, z));
    const [batch = 0, ...state] = probe.shape;
    return {
      problem: {
        ...problem,
        samples: Array.from({ length: batch }, (_, i) => `sample ${i + 1}`),
        layout: onePart('z', state, axes),
        maps: flowMaps(f, () => problem.initialState()),
        observe: () => Promise.resolve([]),
        [Symbol.dispose]: () => {
          tf.dispose([problem.params, extra]);
        },
      },
      probe: toTensor(probe),
      toFile,
    };
  },
} satisfies GoldenReader;

/** A golden file, of which nothing was checked yet. */
type Values = Readonly<Record<string, unknown>>;

const isBare = (file: Values): boolean => 'W' in file && 'U' in file && 'c' in file;

interface Opened extends Pick<OpenedGolden, 'toFile'> {
  readonly problem: EquilibriumProblem;
  /** Tensors besides the parameters. */
  readonly extra: tf.Tensor[];
  readonly axes: readonly Axis[];
}

function openBare(file: Values): Opened {
  const probe = tensorOf(file['z_probe'], 'z_probe');
  const x = tensorOf(file['x'], 'x');
  const c = tensorOf(file['c'], 'c');
  const [batch = 0, width = 0] = shaped(probe, 'z_probe', [-1, -1]);
  const [, inputs = 0] = shaped(x, 'x', [batch, -1]);
  shaped(c, 'c', [batch, width]);
  const shapes = { W: [width, width], U: [inputs, width], b: [width] };
  const weights = Object.entries(shapes).map(([name, shape]) => {
    const tensor = tensorOf(file[name], name);
    shaped(tensor, name, shape);
    return [name, tensor] as const;
  });
  const params = toTensors([...weights, ['x', x]]);
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
      loss: (_, z) => tf.sum(tf.mul(toTensor(c), z)),
      initialState: () => tf.zeros([...probe.shape]),
    },
    toFile: copyOut,
    extra: [],
    axes: ['features'],
  };
}

function openModel(file: Values): Opened {
  const model = languageModel(configOf(file));
  const given = isRecord(file['params']) ? file['params'] : {};
  const batch = { tokens: idsOf(file, 'tokens'), targets: idsOf(file, 'targets') };
  const remembered = memoryOf(file, batch.tokens.length);
  const probe = tensorOf(file['z_probe'], 'z_probe');
  const params = model.fromTorch(
    Object.fromEntries(
      Object.entries(given).map(([key, value]) => {
        const { shape, data } = tensorOf(value, `params.${key}`);
        return [key, { shape: [...shape], data }];
      }),
    ),
  );
  const { z, u } = remembered;
  const memory = { z: toTensor(z), ...(u ? { u: toTensor(u) } : {}) };
  const extra = Object.values(memory);
  try {
    const problem = model.problem(params, { ...batch, memory });
    const z0 = problem.initialState();
    z0.dispose();
    shaped(probe, 'z_probe', z0.shape);
    return {
      ...{ problem, extra, axes: ['tokens', 'features'] },
      toFile: (gradients) => model.toTorch(gradients),
    };
  } catch (error) {
    tf.dispose([params, extra]);
    throw error;
  }
}

/** What is remembered of the segment before, of `batch` texts: a transformer's may be of no length. */
function memoryOf(file: Values, batch: number): { z: FileTensor; u?: FileTensor } {
  if ('nhid' in file) return { z: tensorOf(file['z_hist'], 'z_hist') };
  const [z, u] = [tensorOf(file['z_mem'], 'z_mem'), tensorOf(file['u_mem'], 'u_mem')];
  const [length, width] = [z.shape[1] ?? 0, numberOf(file, 'd')];
  shaped(z, 'z_mem', [batch, length, width]);
  shaped(u, 'u_mem', [batch, length, 3 * width]);
  return { z, u };
}

function idsOf(file: Values, name: string): number[][] {
  const rows = file[name];
  const isIds = (row: unknown): row is number[] =>
    Array.isArray(row) && row.every((id) => Number.isInteger(id));
  if (Array.isArray(rows) && rows.every(isIds)) return rows;
  throw new Error(`The golden file has no rows of ids ${name}.`);
}

function numberOf(file: Values, name: string): number {
  const value = file[name];
  if (typeof value !== 'number') throw new Error(`The golden file has no number ${name}.`);
  return value;
}

function configOf(file: Values): LanguageModelConfig {
  const number = (name: string): number => numberOf(file, name);
  return 'nhid' in file
    ? {
        cell: 'trellis',
        vocabulary: number('vocab'),
        dEmbed: number('ninp'),
        dHidden: number('nhid'),
        dOutput: number('nout'),
        kernel: number('kernel'),
      }
    : {
        cell: 'transformer',
        vocabulary: number('vocab'),
        dModel: number('d'),
        heads: number('heads'),
        dInner: number('d_inner'),
        preLayerNorm: file['pre_lnorm'] === true,
        memoryLength: number('mem'),
      };
}
