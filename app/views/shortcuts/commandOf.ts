import type { AppState } from '../../store/state.ts';
import type { Command } from './command.ts';
import { canRun, commands } from './commands.ts';
import { isPressed, writesCharacter, type KeyPress } from './keys.ts';

/** Where a key was pressed. */
export interface Surroundings {
  /** In a box that is typed in. */
  readonly typing: boolean;
  /** On something that has a use of its own for this very key: arrows on a slider, Space on a button. */
  readonly used: boolean;
  /** Whether a dialog lies over the page; it has the keys to itself. */
  readonly covered: boolean;
  readonly repeat: boolean;
  /** Whether keys without Ctrl or Cmd are switched on. */
  readonly singleKeys: boolean;
}

/** The command that a key asks for, or null where it has another use or none. */
export function commandOf(press: KeyPress, at: Surroundings, state: AppState): Command | null {
  if (at.covered) return null;
  const asked = (command: Command): boolean =>
    (command.keys ?? []).some((combination) => {
      if (!isPressed(combination, press)) return false;
      const mod = combination.startsWith('Mod+');
      if (at.typing && !(mod && command.inFields)) return false;
      if (at.used && !mod) return false;
      return at.singleKeys || !writesCharacter(combination);
    });
  const found = commands.find((command) => asked(command) && canRun(command, state));
  if (!found || (at.repeat && !found.repeats)) return null;
  return found;
}
