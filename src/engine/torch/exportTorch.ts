import { loadFamily } from '../../families/index.ts';
import { writeFile } from '../../families/modelFile.ts';
import { familyOf } from '../../families/settings.ts';
import type { TorchFamily, TorchModel } from '../../families/torch.ts';
import { withStart } from '../../implicit/start.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import { openMap } from '../build.ts';
import { EngineFault } from '../faults.ts';
import type { TorchFiles } from '../protocol/protocol.ts';
import { forwardOptions } from '../solverOptions.ts';
import { torchProgram, type PageResult } from './program.ts';

/** What is to go on in PyTorch. */
export interface TorchWanted {
  readonly experiment: Experiment;
  /** Version and commit, for the program's head. */
  readonly build: string;
  /** The file that weights which are not random come from. */
  readonly weights?: Uint8Array<ArrayBuffer> | undefined;
  readonly signal?: AbortSignal;
}

/** What a set-up's input comes to, on the current backend: every output, for a comparison number by number. */
export interface TorchOutputs {
  readonly result: PageResult;
  readonly outputs: Float32Array;
}

/**
 * A set-up as a Python program and its weights. The input is solved once on the current backend, so that the program can
 * say whether it computes the same. Throws a fault in words where the family does not go on in PyTorch, and where weights
 * are missing or unusable.
 */
export async function exportTorch(wanted: TorchWanted): Promise<TorchFiles> {
  const { experiment, build } = wanted;
  const family = await torchOf(experiment);
  using model = family.open(experiment, wanted.weights);
  const { result } = await solved(model, experiment, wanted.signal);
  const stem = `deq_${family.name(experiment)}`;
  const names = { file: `${stem}.py`, weights: `${stem}.safetensors` };
  const text = torchProgram({ ...names, family, model, experiment, page: result, build });
  const bytes = writeFile({
    kind: 'model',
    experiment,
    step: model.step,
    metadata: model.metadata,
    tensors: await model.tensors(),
  });
  return {
    program: { name: names.file, text },
    weights: { name: names.weights, bytes },
    loss: result.loss,
    status: result.status,
    trainCommand: family.trainCommand,
  };
}

/** What a set-up's input comes to here: what its program is to repeat. */
export async function torchOutputs({
  experiment,
  weights,
}: Omit<TorchWanted, 'build'>): Promise<TorchOutputs> {
  const family = await torchOf(experiment);
  using model = family.open(experiment, weights);
  return await solved(model, experiment);
}

/** The family's part, ready to open the set-up. Throws a fault where it has none. */
async function torchOf(experiment: Experiment): Promise<TorchFamily> {
  const { problem } = experiment;
  const family = await loadFamily(problem.family);
  await family.prepare?.(experiment);
  if (family.torch) return family.torch();
  const { title } = familyOf(problem.family);
  throw new EngineFault('bad-input', `The ${title} cannot be continued in PyTorch yet.`);
}

async function solved(
  model: TorchModel,
  experiment: Experiment,
  signal?: AbortSignal,
): Promise<TorchOutputs> {
  const problem = withStart(model.problem, experiment.solver.start);
  const map = openMap(problem, experiment);
  const z0 = problem.initialState();
  try {
    const { z, projected, status, evaluations, records } = await solveMap(
      map,
      forwardOptions(experiment),
      { z0, signal },
    );
    z.dispose();
    const { loss, outputs } = tf.tidy(() => ({
      loss: problem.loss(problem.params, projected),
      outputs: model.outputs(problem.params, projected),
    }));
    projected.dispose();
    try {
      const [value = NaN] = await loss.data();
      const numbers = Float32Array.from(await outputs.data());
      const each = (records[0]?.rel ?? []).map((_, i) =>
        Math.min(...records.map(({ rel }) => rel[i] ?? Infinity)),
      );
      const residual = Math.max(...each);
      const about = summaryOf(numbers);
      return {
        result: { loss: value, status, evaluations, residual, outputs: about },
        outputs: numbers,
      };
    } finally {
      tf.dispose([loss, outputs]);
    }
  } finally {
    z0.dispose();
    map.dispose?.();
  }
}

/** A few numbers that tell whether two sets of values are the same. */
function summaryOf(values: Float32Array): PageResult['outputs'] {
  const mean = (of: (x: number) => number): number =>
    values.reduce((sum, x) => sum + of(x), 0) / Math.max(1, values.length);
  return {
    count: values.length,
    mean: mean((x) => x),
    rms: Math.sqrt(mean((x) => x * x)),
    first: values[0] ?? NaN,
    last: values.at(-1) ?? NaN,
  };
}
