import type { TorchFiles } from '../../../src/engine/protocol/protocol.ts';
import { withWeights } from '../../../src/schema/weights.ts';
import { build } from '../../build.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import type { StoreAccess } from '../state.ts';
import type { Weights } from './weights.ts';

/** The way out to PyTorch; what it does is loaded when it is first asked for. */
export interface TorchSlice {
  /**
   * Writes the program and the weights: of the model that the Train view has, where that is on screen, else of the
   * set-up that is solved. Rejects with words where it cannot.
   */
  readonly writeTorch: () => Promise<TorchFiles>;
  /** Has the browser keep a file of it. */
  readonly keepTorch: (name: string, content: string | Uint8Array<ArrayBuffer>) => void;
}

/** What it needs. */
export interface TorchAccess extends StoreAccess {
  readonly lane: SolveLane;
  readonly weights: Weights;
}

/** See `TorchSlice.writeTorch`. */
export async function writeTorch({ get, lane, weights }: TorchAccess): Promise<TorchFiles> {
  const model = get().view === 'train' ? await get().modelFile() : null;
  const experiment = model ? withWeights(model.experiment, 'trained') : get().experiment;
  const bytes = model ? model.bytes : await weights.of(experiment);
  const { version, commit } = build;
  const name = commit === null ? version : `${version}, ${commit}`;
  return lane.ask((engine) => engine.exportTorch(experiment, name, bytes));
}
