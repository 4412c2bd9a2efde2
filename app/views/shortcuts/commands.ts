import { isHidden } from '../../../src/schema/hide.ts';
import { randomSeed } from '../../store/config/configSlice.ts';
import { viewNames } from '../../../src/schema/views.ts';
import type { AppState } from '../../store/state.ts';
import { viewList } from '../header/viewList.ts';
import { appearanceCommands } from './appearanceCommands.ts';
import type { Command } from './command.ts';
import { solveCommands } from './solveCommands.ts';
import { trainCommands } from './trainCommands.ts';

const viewCommands = viewList.map(({ view, title }, index): Command => ({
  id: `view-${view}`,
  group: 'Views',
  keys: [String(index + 1)],
  what: `${viewNames[view]}: ${title}`,
  when: ({ hidden }) => !hidden.includes(view),
  run: ({ showView }) => {
    showView(view);
  },
}));

const settingsCommands: readonly Command[] = [
  {
    id: 'undo',
    group: 'Settings',
    keys: ['Mod+Z'],
    what: 'Undo the last change of settings',
    now: ({ undoable }) => `Undo: ${undoable ?? ''}`,
    when: ({ undoable }) => undoable !== null,
    run: ({ undo }) => {
      undo();
    },
    repeats: true,
  },
  {
    id: 'redo',
    group: 'Settings',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    what: 'Redo it',
    now: ({ redoable }) => `Redo: ${redoable ?? ''}`,
    when: ({ redoable }) => redoable !== null,
    run: ({ redo }) => {
      redo();
    },
    repeats: true,
  },
  {
    id: 'seed',
    group: 'Settings',
    keys: ['S'],
    what: 'New seed',
    when: ({ hidden }) => !isHidden(hidden, 'random.seed'),
    run: ({ change }) => {
      change('random.seed', randomSeed());
    },
  },
  {
    id: 'restore',
    group: 'Settings',
    what: 'Restore all settings of the preset',
    run: ({ restoreAll }) => {
      restoreAll();
    },
  },
];

/** Every command, in the order the lists have. A row here is all that a new key takes. */
export const commands: readonly Command[] = [
  ...solveCommands,
  ...trainCommands,
  ...viewCommands,
  ...settingsCommands,
  ...appearanceCommands,
];

/** Whether a command can be done now. */
export const canRun = (command: Command, state: AppState): boolean => command.when?.(state) ?? true;
