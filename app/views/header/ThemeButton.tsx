import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from '../../theme/useTheme.ts';
import styles from './AppHeader.module.css';

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

/** Goes through the themes: as the system, light, dark. */
export function ThemeButton() {
  const { choice, next } = useTheme();
  const Icon = icons[choice];
  return (
    <button
      type="button"
      className={styles['icon']}
      aria-label={`Theme: ${choice}`}
      title={`Theme: ${choice === 'system' ? 'as the system' : choice}`}
      onClick={next}
    >
      <Icon size={17} aria-hidden />
    </button>
  );
}
