import { useEffect, useState } from 'react';

/** What the visitor asked for; `system` follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'deq-theme';
const order: readonly ThemeChoice[] = ['system', 'light', 'dark'];

/** Storage can be forbidden (private windows, sandboxed frames); the choice then lasts as long as the page. */
function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

function remember(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    return;
  }
}

/** The theme in use and a function that goes to the next: system, light, dark. */
export function useTheme(): { choice: ThemeChoice; next: () => void } {
  const [choice, setChoice] = useState(stored);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      const theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
      document.documentElement.dataset['theme'] = theme;
    };
    apply();
    remember(choice);
    dark.addEventListener('change', apply);
    return () => {
      dark.removeEventListener('change', apply);
    };
  }, [choice]);
  return {
    choice,
    next: () => {
      setChoice(order[(order.indexOf(choice) + 1) % order.length] ?? 'system');
    },
  };
}
