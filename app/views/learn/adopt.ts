import { presets, type PresetName } from '../../../src/schema/presets.ts';
import type { AppStore } from '../../store/store.ts';
import { say } from '../../ui/say.ts';

/**
 * Makes a lesson's preset the set-up of the page, unless it is already, changes and all. What was
 * there before is not lost: the page says so, and one Undo brings it back.
 */
export function adopt(store: AppStore, preset: PresetName): void {
  const { experiment, choosePreset } = store.getState();
  if (experiment.preset === preset) return;
  const before = presets[experiment.preset].title;
  choosePreset(preset);
  say('info', `“${presets[preset].title}” is open now, in place of “${before}”.`, {
    action: {
      label: 'Undo',
      onClick: () => {
        store.getState().pause();
        store.getState().undo();
      },
    },
  });
}
