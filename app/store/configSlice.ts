import {
  changeSetting,
  presetExperiment,
  settingAt,
  type Experiment,
} from '../../src/config/experiment.ts';
import type { Remote } from './remote.ts';
import type { ConfigSlice, StoreAccess } from './state.ts';

/** Pause after the last edit before the engine is configured anew: a slider sends dozens. */
const SETTLE_MILLISECONDS = 150;

/** The set-up and its edits. Each edit ends the solve on screen and brings up iteration 0 of the new one. */
export function createConfigSlice(
  { get, set }: StoreAccess,
  remote: Remote,
  experiment: Experiment,
): ConfigSlice {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const take = (next: Experiment, notes: ConfigSlice['notes']): void => {
    remote.cancel();
    set({ experiment: next, notes });
    if (get().source === 'recorded') set({ source: 'live', records: [], status: 'running' });
    clearTimeout(timer);
    timer = setTimeout(() => {
      remote.enqueue('stepping');
    }, SETTLE_MILLISECONDS);
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
