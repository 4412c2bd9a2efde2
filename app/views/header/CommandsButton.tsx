import { Ellipsis } from 'lucide-react';
import { useApp } from '../../store/context.ts';
import { ariaOf, capsOf } from '../shortcuts/keys.ts';
import styles from './AppHeader.module.css';

/** The way to everything the page can do, for those who don't know its keys. */
export function CommandsButton() {
  const openLayer = useApp((state) => state.openLayer);
  return (
    <button
      type="button"
      className={styles['icon']}
      aria-label="Commands"
      aria-haspopup="dialog"
      aria-keyshortcuts={ariaOf('Mod+K')}
      title={`Commands, presets and settings by name (${capsOf('Mod+K').join(' ')})`}
      onClick={() => {
        openLayer('commands');
      }}
    >
      <Ellipsis size={18} aria-hidden />
    </button>
  );
}
