import {
  changeSetting,
  presetExperiment,
  settingAt,
  type Experiment,
} from '../../src/config/experiment.ts';
import type { Passes } from './passes.ts';
import type { Remote } from './remoteTypes.ts';
import { sameBackward, sameForward } from './sameSettings.ts';
import type { ConfigSlice, StoreAccess } from './state.ts';

/** Pause after the last edit before the engine is configured anew: a slider sends dozens. */
const SETTLE_MILLISECONDS = 150;

/**
 * The set-up and its edits. An edit of the problem or of the solver ends the solve on screen and
 * brings up iteration 0 of the new one; one of the backward pass ends the backward solve only.
 */
export function createConfigSlice(
  { get, set }: StoreAccess,
  remote: Remote,
  passes: Passes,
  experiment: Experiment,
): ConfigSlice {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settle = (finish: boolean): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      passes.refresh(finish);
    }, SETTLE_MILLISECONDS);
  };
  /** Only what the forward solve doesn't depend on has changed: it stays as it is. */
  const takeQuietly = (next: Experiment): void => {
    const { experiment: old, applied, pass } = get();
    set({ experiment: next, ...(applied === old ? { applied: next } : {}) });
    if (sameBackward(old, next)) return;
    if (pass === 'backward') remote.cancel();
    set({ adjoint: null });
    if (pass === 'backward') settle(get().records.length <= 1);
  };
  const take = (next: Experiment, notes: ConfigSlice['notes']): void => {
    set({ notes });
    if (sameForward(get().experiment, next)) {
      takeQuietly(next);
      return;
    }
    remote.cancel();
    set({ experiment: next, adjoint: null });
    if (get().source === 'recorded') set({ source: 'live', records: [], status: 'running' });
    settle(true);
  };
  const change: ConfigSlice['change'] = (path, raw) => {
    const before = get();
    const { experiment: next, adjustments } = changeSetting(before.experiment, path, raw);
    const notes = { ...before.notes };
    if (adjustments.length > 0) notes[path] = adjustments.join(' ');
    else Reflect.deleteProperty(notes, path);
    if (next === before.experiment) set({ notes });
    else take(next, notes);
  };
  return {
    experiment,
    notes: {},
    change,
    restore: (path) => {
      change(path, settingAt(presetExperiment(get().experiment.preset), path));
    },
    restoreAll: () => {
      take(presetExperiment(get().experiment.preset), {});
    },
    choosePreset: (name) => {
      take(presetExperiment(name), {});
    },
    open: (next) => {
      take(next, {});
    },
  };
}
