import type { TrainingText } from '../../../src/engine/protocol/protocol.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import { weightsOf } from '../../../src/schema/weights.ts';
import type { AppStore } from '../store.ts';

/** SHA-256 in hexadecimal; undefined on pages without TLS, where browsers offer none. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const { subtle } = crypto as Partial<Crypto>;
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** SHA-256 of a training text; undefined where there is none, or no way to take it. */
export const hashOfText = async (text: TrainingText): Promise<string | undefined> =>
  text === undefined ? undefined : sha256(new TextEncoder().encode(text));

/** SHA-256 of the visitor's own weights, where the set-up is solved with them. */
export async function hashOfWeights(
  store: AppStore,
  experiment: Experiment,
): Promise<string | undefined> {
  const own = weightsOf(experiment) === 'trained' ? store.getState().ownModel() : null;
  return own ? sha256(own) : undefined;
}
