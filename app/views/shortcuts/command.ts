import type { AppState } from '../../store/state.ts';

/** One thing the page can do: the handler of keys, the dialog of keys and the menu are made of these. */
export interface Command {
  /** Its name in lists; no two have the same. */
  readonly id: string;
  readonly group: 'Solve' | 'Train' | 'Views' | 'Settings' | 'Page';
  /** Combinations such as `Space`, `Shift+P`, `Mod+K`; none: only in the menu. */
  readonly keys?: readonly string[];
  /** What it does, for the dialog and the menu. */
  readonly what: string;
  /** More exact words for now, such as which setting would be undone. */
  readonly now?: (state: AppState) => string;
  /** A shorter word for the bar below the view. */
  readonly bar?: string;
  /** Whether it can be done now. Of two with the same key, the first that can is done. */
  readonly when?: (state: AppState) => boolean;
  readonly run: (state: AppState) => void;
  /** A held key does it again and again; otherwise once. */
  readonly repeats?: boolean;
  /** Works while a field is typed in, too. */
  readonly inFields?: boolean;
  /** Not in the menu: it would only close the menu, or open it. */
  readonly keyOnly?: boolean;
}
