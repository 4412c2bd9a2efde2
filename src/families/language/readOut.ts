import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { LanguageModel } from './languageModel.ts';
import { mostProbable, type RankedToken } from './sampling.ts';

/**
 * What the head reads out of any state z, converged or not: the `count` most probable next tokens of
 * each position, row-major over the batch. One read-back. Borrows z and the parameters.
 *
 * nostalgebraist 2020, "the logit lens", with solver iterations in the place of layers.
 */
export async function readOut(
  model: LanguageModel,
  params: Params,
  z: tf.Tensor,
  count: number,
): Promise<RankedToken[][]> {
  const logits = tf.tidy(() => model.logits(params, z));
  try {
    const vocabulary = logits.shape.at(-1) ?? 1;
    const values = (await logits.data()) as Float32Array;
    return Array.from({ length: values.length / vocabulary }, (_, row) =>
      mostProbable(values.subarray(row * vocabulary, (row + 1) * vocabulary), count),
    );
  } finally {
    logits.dispose();
  }
}
