import type { Experiment } from '../../../src/schema/experiment.ts';
import type { EngineCommands, ProblemReport } from '../../../src/engine/protocol/protocol.ts';
import type { Bytes } from '../files.ts';
import { nothingMade, notOpened } from '../solve/shown.ts';
import { backendFor, chosenBackend } from './backends.ts';
import { faultOf } from './faults.ts';
import type { AppState, StoreAccess } from '../state.ts';
import type { Fold } from './fold.ts';
import { sameForward } from './sameWork.ts';
import type { Weights } from '../config/weights.ts';

/** What was configured. */
interface Configured {
  /** The change of the state that shows it. */
  readonly change: () => Partial<AppState>;
  /** The event that there is something to see of it from. */
  readonly seenFrom: 'observed' | 'records';
}

/** Brings one engine to the set-up in the rail. */
export interface Preparation {
  /** Its problem and, once live, iteration 0. */
  readonly prepare: () => Promise<void>;
  /**
   * Its problem alone, and nothing of that on screen before `task` calls `reveal` and something has come, or it has ended. What the task asks
   * first is asked right behind the problem, whose answer it need not wait for. Does nothing where the engine is there
   * already.
   */
  readonly prepareUnseen: (task: (reveal: () => void) => Promise<void>) => Promise<void>;
}

/** For a fresh engine. `current` turns false when the engine is given up. */
export function createPreparation(
  engine: EngineCommands,
  options: StoreAccess & {
    readonly fold: Pick<Fold, 'flush' | 'hold' | 'waits' | 'release'>;
    readonly current: () => boolean;
    readonly weights: Weights;
  },
): Preparation {
  const { get, set, fold, current, weights } = options;
  let configured: Experiment | null = null;
  /** What the engine said of it. */
  let opened: ProblemReport | null = null;
  /** The file of the configured weights: other weights are another problem. */
  let loaded: Bytes | undefined;

  /**
   * Goes over to the backend that was found to be the faster one for the set-up; with `same`, the one that is configured,
   * only where no solve would be lost by it. Whether it did.
   */
  const changeBackend = async (experiment: Experiment, same: boolean): Promise<boolean> => {
    const { device, kernels, source, records, adjoint } = get();
    const wanted = chosenBackend(get(), experiment, 'solve');
    if (!device || !wanted || device.backend.name === wanted) return false;
    if (same && (adjoint !== null || (source === 'live' && records.length > 1))) return false;
    const started = await engine.boot(backendFor(get(), experiment, 'solve'), kernels);
    if (!current()) return true;
    set({ device: started });
    // It does not start any more: what was timed is of no use.
    if (started.backend.name !== wanted) set({ timings: { adapter: '', byWork: {} } });
    return true;
  };

  /** What has been found out of a problem goes when it does. */
  const unstudied = (): Partial<AppState> => ({
    adjoint: null,
    spectrum: { ...get().spectrum, report: null, failure: null },
    comparison: { ...get().comparison, report: null, failure: null },
  });

  /**
   * Gives the engine the set-up in the rail, if it has another; what it returns says how to
   * show it. `behind` is called as soon as the engine has been asked. Where the set-up can't be opened, nothing is on
   * screen any more: the engine has closed what it had.
   */
  const configure = async (behind?: () => void): Promise<Configured | null> => {
    try {
      return await open(behind);
    } catch (error) {
      if (current() && faultOf(error).kind !== 'cancelled') {
        configured = null;
        if (get().source === 'live')
          set({ ...unstudied(), ...notOpened(get().experiment), memory: null });
      }
      throw error;
    }
  };

  /** `configure` where nothing fails. */
  const open = async (behind?: () => void): Promise<Configured | null> => {
    const { experiment } = get();
    const here = weights.here(experiment);
    const file = here ? here.file : await weights.of(experiment);
    if (!current()) return null;
    const same = configured !== null && file === loaded && sameForward(configured, experiment);
    if (await changeBackend(experiment, same)) configured = null;
    else if (same) return null;
    if (!current()) return null;
    const answer = engine.configure(experiment, file);
    behind?.();
    const problem = await answer;
    if (!current()) return null;
    configured = experiment;
    opened = problem;
    loaded = file;
    const change = (): Partial<AppState> => ({
      ...{ ...unstudied(), problem, solve: problem.solve, memory: problem.memory },
      metered: { experiment, sizes: problem.sizes },
      ...(get().source === 'live' ? nothingMade() : {}),
    });
    return { change, seenFrom: problem.observes ? 'observed' : 'records' };
  };

  /** What is configured is what is shown: the change of the state that says so. */
  const applied = (): Partial<AppState> => {
    const state = get();
    if (!configured || state.source === 'recorded') return {};
    const now = sameForward(configured, state.experiment) ? state.experiment : configured;
    return state.applied === now && state.problem ? {} : { applied: now, problem: opened };
  };

  /** Has iteration 0 made, once what is shown is computed here. */
  const makeFirst = async (): Promise<void> => {
    set(applied());
    const { source, records } = get();
    if (!configured || source === 'recorded' || records.length > 0) return;
    const report = await engine.step('forward', 1);
    fold.flush();
    if (report.solve === get().solve) set({ status: report.status });
  };

  return {
    prepare: async () => {
      const made = await configure();
      if (made) {
        fold.flush();
        set(made.change());
      }
      if (current()) await makeFirst();
    },
    prepareUnseen: async (task) => {
      const held: { made: Configured | null; due: boolean } = { made: null, due: false };
      /** In place of the old solve the new one goes on screen at one stroke with what has come of it. */
      const show = (): void => {
        if (!held.made || !current()) return;
        const change = held.made.change();
        held.made = null;
        fold.release({ ...change, ...applied() });
      };
      /** The same once it is due, and there is something to see: an empty place is nobody's answer. */
      const showIfDue = (): void => {
        if (held.made && held.due && fold.waits(held.made.seenFrom)) show();
      };
      const reveal = (): void => {
        held.due = true;
        showIfDue();
      };
      let done = Promise.resolve();
      fold.hold(showIfDue);
      try {
        held.made = await configure(() => {
          done = task(reveal);
          // Where the problem itself fails, that is what is told.
          done.catch(() => undefined);
        });
        showIfDue();
        await done;
      } finally {
        show();
        fold.release();
      }
    },
  };
}
