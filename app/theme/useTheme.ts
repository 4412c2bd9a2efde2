import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { readStored, writeStored } from '../stored.ts';

/** What the visitor asked for; `system` follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'deq-theme';
const order: readonly ThemeChoice[] = ['system', 'light', 'dark'];

function stored(): ThemeChoice {
  const value = readStored(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

function remember(choice: ThemeChoice): void {
  writeStored(KEY, choice === 'system' ? null : choice);
}

/** One choice for the page, made by the button or by a command. */
const theme = createStore<{ readonly choice: ThemeChoice }>()(() => ({ choice: stored() }));

/** Takes a theme, and keeps it for the next visit. */
export function chooseTheme(choice: ThemeChoice): void {
  theme.setState({ choice });
  remember(choice);
}

/** The theme in use and a function that goes to the next: system, light, dark. */
export function useTheme(): { choice: ThemeChoice; next: () => void } {
  const { choice } = useStore(theme);
  return {
    choice,
    next: () => {
      chooseTheme(order[(order.indexOf(choice) + 1) % order.length] ?? 'system');
    },
  };
}

/** Draws the page in the chosen theme; once, at its root. */
export function useThemeOnPage(): void {
  const { choice } = useStore(theme);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    // Backgrounds are the system's then, and pictures must stand out from those.
    const forced = matchMedia('(forced-colors: active)');
    const show = (name: 'light' | 'dark'): void => {
      document.documentElement.dataset['theme'] = name;
    };
    const apply = (): void => {
      const system = choice === 'system' || forced.matches;
      show(system ? (dark.matches ? 'dark' : 'light') : choice);
    };
    // Style sheets know of paper by themselves; a canvas has to be drawn again.
    const onPrint = (): void => {
      show('light');
    };
    apply();
    dark.addEventListener('change', apply);
    forced.addEventListener('change', apply);
    addEventListener('beforeprint', onPrint);
    addEventListener('afterprint', apply);
    return () => {
      dark.removeEventListener('change', apply);
      forced.removeEventListener('change', apply);
      removeEventListener('beforeprint', onPrint);
      removeEventListener('afterprint', apply);
    };
  }, [choice]);
}
