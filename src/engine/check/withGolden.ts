import type { FamilyProblem } from '../../families/family.ts';
import { openGolden as open } from '../../families/openGolden.ts';
import type { Params } from '../../tf/params.ts';
import * as tf from '../../tf/index.ts';
import type { GoldenFile, GoldenTensor } from './goldenFile.ts';

/** A file's problem on the current backend; dispose it to free the tensors. */
export interface OpenGolden extends Disposable {
  readonly problem: FamilyProblem;
  /** The state that the file's cell was evaluated at. */
  readonly probe: tf.Tensor;
  /** One evaluation of the cell, with what x contributes evaluated once. */
  readonly f: (z: tf.Tensor) => tf.Tensor;
  /** Gradients by the file's names and layouts. */
  readonly toFile: (
    gradients: Params,
  ) => Promise<Record<string, { readonly data: ArrayLike<number> }>>;
}

/** A golden tensor on the current backend. */
export const toTensor = ({ shape, data }: GoldenTensor): tf.Tensor => tf.tensor(data, shape);

/** The problem of a file, by its family's reader. */
export function openGolden(file: GoldenFile): OpenGolden {
  const opened = open(file);
  const { problem, probe } = opened;
  const injection = tf.tidy(() => problem.inject(problem.params));
  return {
    problem,
    probe,
    toFile: (gradients) => opened.toFile(gradients),
    f: (z) => problem.f(problem.params, injection, z),
    [Symbol.dispose]: () => {
      // One that keeps more than its parameters frees itself.
      (problem as Partial<Disposable>)[Symbol.dispose]?.();
      tf.dispose([problem.params, probe, injection]);
    },
  };
}
