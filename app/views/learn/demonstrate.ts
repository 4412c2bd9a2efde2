import type { FieldPath, ValueAt } from '../../../src/schema/fields.ts';
import type { PresetName } from '../../../src/schema/presets.ts';
import type { AppStore } from '../../store/store.ts';

/** Something to show: settings to make in a view, and the control to put the visitor's finger on. */
export interface Demonstration {
  readonly view: 'solve' | 'train';
  /** Opened first; absent: the set-up stays as it is otherwise. */
  readonly preset?: PresetName;
  readonly set?: { readonly [P in FieldPath]?: ValueAt<P> };
  readonly focus?: FieldPath;
}

/** Make the settings by the same actions as the visitor would, and go to the control. */
export function demonstrate(store: AppStore, demonstration: Demonstration): void {
  const { view, preset, set = {}, focus } = demonstration;
  const { choosePreset, change, showView, seek } = store.getState();
  if (preset) choosePreset(preset);
  for (const [path, value] of Object.entries(set)) change(path as FieldPath, value);
  if (focus) seek(focus, view, focus in set);
  else showView(view);
}
