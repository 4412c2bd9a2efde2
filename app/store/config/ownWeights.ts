import type { Experiment } from '../../../src/schema/experiment.ts';
import { withWeights } from '../../../src/schema/weights.ts';
import type { Bytes } from '../files.ts';
import type { StoreAccess } from '../state.ts';
import type { Weights } from './weights.ts';

/** Solves `setUp` with weights of the visitor's own: `file` holds them, and they were made in `made`. */
export function solveWithOwn(
  { get, set, weights }: StoreAccess & { readonly weights: Weights },
  file: Bytes,
  made: Experiment,
  setUp = made,
): void {
  // Of its own for each file: a training gives several, in one set-up.
  const ownWeights = { ...made };
  weights.keep(file, ownWeights);
  set({ ownWeights });
  get().openModel(withWeights(setUp, 'trained'));
}
