import type { TrainRecord, TrainingText } from '../../../src/engine/protocol/protocol.ts';
import type { Bytes } from '../files.ts';
import type { EngineLane } from '../engine/lane.ts';
import type { Watch, StoreAccess } from '../state.ts';
import type { Weights } from '../weights.ts';
import type { Shelf } from './shelf.ts';
import type { RunPhase } from './types.ts';

/** What goes with the run on screen and is not drawn. Replaced with the run, changed within it. */
export interface Backstage {
  readonly text: TrainingText;
  /** The newest state as a file, and the step it was taken at; null before the first checkpoint. */
  point: { readonly file: Bytes; readonly step: number } | null;
  /** Number of the engine that holds the run; 0 when it has to be opened again from `point`. */
  epoch: number;
  /** Step at which that engine took it up. */
  since: number;
  /** Updates made. */
  step: number;
  /** Whether live settings wait to be told to the engine. */
  dirty: boolean;
  /** Records that no checkpoint has been kept with yet. */
  unsaved: TrainRecord[];
  /** Milliseconds spent on training and on automatic samples in this visit. */
  trained: number;
  sampled: number;
}

/** What the engine that trains is asked for; one turn is one command. Who trains or writes a timeline makes way. */
export type Turn = 'open' | 'change' | 'train' | 'timeline' | 'sample' | 'corpus' | 'file';

/** What the parts of training share. */
export interface TrainAccess extends StoreAccess, Watch {
  readonly remote: EngineLane<Turn>;
  readonly shelf: Shelf;
  readonly weights: Weights;
  readonly now: () => number;
  readonly frame: (callback: () => void) => void;
  /** Of the run on screen; null without one. */
  readonly backstage: () => Backstage | null;
  readonly setBackstage: (backstage: Backstage | null) => void;
}

/** Whether the engine is at work on the run, and has time for nothing else. */
export const isBusy = (phase: RunPhase): boolean =>
  phase === 'preparing' || phase === 'running' || phase === 'pausing';

/** A run whose text is known and that no engine holds yet. */
export const newBackstage = (text: TrainingText, point: Backstage['point']): Backstage => ({
  text,
  point,
  epoch: 0,
  since: point?.step ?? 0,
  step: point?.step ?? 0,
  dirty: false,
  unsaved: [],
  trained: 0,
  sampled: 0,
});
