import type { Engine } from '../../src/engine/client.ts';
import type { AppState } from './state.ts';

/** Something to ask of an engine that is ready: booted, configured, past iteration 0. */
export type Task = (engine: Engine, wanted: () => boolean) => Promise<void>;

/** What the page asks of its own accord, or where it can wait. */
export type Errand = 'spectrum' | 'comparison' | 'race' | 'branch' | 'insight';

/** The store's hold on the engine: starts it, keeps commands in order, replaces it when it dies. */
export interface Remote {
  readonly start: () => void;
  readonly restart: () => void;
  /** Does `task` after everything asked before; `cancel` drops it while it waits. */
  readonly enqueue: (activity: AppState['activity'], task?: Task) => void;
  /**
   * Does `task` when nothing else is asked; anything the visitor does ends it early. What it
   * throws, and nothing else, is thrown. Resolves, too, when it was dropped.
   */
  readonly errand: (name: Errand, task: Task) => Promise<void>;
  /** Ends the errands of that name, running or waiting; others are left alone. */
  readonly endErrands: (name: Errand) => void;
  /** Interrupts what runs and drops what waits. */
  readonly cancel: () => void;
  /** Folds the records that have come in so far. */
  readonly flush: () => void;
}
