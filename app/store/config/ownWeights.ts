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
  weights.keep(file);
  set({ ownWeights: made });
  get().openModel(withWeights(setUp, 'trained'));
}
