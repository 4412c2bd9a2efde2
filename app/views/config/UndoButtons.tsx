import { Redo2, Undo2 } from 'lucide-react';
import { useApp } from '../../store/context.ts';
import { capsOf } from '../shortcuts/keys.ts';
import styles from './UndoButtons.module.css';
import { SteadyButton } from '../../ui/SteadyButton.tsx';

/** Back and forth through the settings of this visit. */
export function UndoButtons() {
  const undoable = useApp((state) => state.undoable);
  const redoable = useApp((state) => state.redoable);
  const undo = useApp((state) => state.undo);
  const redo = useApp((state) => state.redo);
  return (
    <div className={styles['buttons']}>
      <SteadyButton
        aria-label="Undo"
        title={titleOf('Undo', undoable, 'Mod+Z')}
        disabled={undoable === null}
        onClick={undo}
      >
        <Undo2 size={16} aria-hidden />
      </SteadyButton>
      <SteadyButton
        aria-label="Redo"
        title={titleOf('Redo', redoable, 'Mod+Shift+Z')}
        disabled={redoable === null}
        onClick={redo}
      >
        <Redo2 size={16} aria-hidden />
      </SteadyButton>
    </div>
  );
}

const titleOf = (verb: string, what: string | null, keys: string): string =>
  what === null
    ? `Nothing to ${verb.toLowerCase()}`
    : `${verb}: ${what} (${capsOf(keys).join(' ')})`;
