import { createRandom } from '../src/data/random.ts';
import type { LanguageModel } from '../src/families/language/languageModel.ts';
import * as tf from '../src/tf/index.ts';
import type { Params } from '../src/tf/params.ts';

/** New parameters of a model with some noise in each, so that biases matter too. Dispose them. */
export function noisyParams(model: LanguageModel): Params & Disposable {
  const random = createRandom(3);
  const start = model.initialize(6);
  const params: Record<string, tf.Tensor> = {};
  for (const [name, tensor] of Object.entries(start)) {
    const noise = Float32Array.from({ length: tensor.size }, () => 0.1 * random.normal());
    params[name] = tf.tidy(() => tf.add(tensor, tf.tensor(noise, tensor.shape)));
  }
  tf.dispose(start);
  // Not one of the parameters to who lists them.
  return Object.defineProperty(params, Symbol.dispose, {
    value: () => {
      tf.dispose({ ...params });
    },
  }) as unknown as Params & Disposable;
}
