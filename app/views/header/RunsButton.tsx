import { History } from 'lucide-react';
import { useApp } from '../../store/context.ts';
import { ariaOf, capsOf } from '../shortcuts/keys.ts';
import styles from './AppHeader.module.css';

/** Opens and closes the drawer of runs. */
export function RunsButton() {
  const open = useApp((state) => state.runsOpen);
  const openRuns = useApp((state) => state.openRuns);
  return (
    <button
      type="button"
      className={styles['icon']}
      aria-label="Runs"
      aria-expanded={open}
      aria-keyshortcuts={ariaOf('Shift+R')}
      title={`Runs: what was solved and trained (${capsOf('Shift+R').join(' ')})`}
      onClick={() => {
        openRuns(!open);
      }}
    >
      <History size={17} aria-hidden />
    </button>
  );
}
