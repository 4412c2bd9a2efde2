import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RunKind, Choice } from './groups.ts';
import type { Slots } from './looks.ts';
import type { Sorting } from './rows.ts';

/** How the visitor looks at the runs; it outlives a look at another view, and changes nothing that is kept. */
export interface CompareState {
  /** The looks of runs; see `assignSlots`. */
  readonly slots: Slots;
  readonly choices: Readonly<Record<RunKind, Choice>>;
  /** Whether the vertical axis is logarithmic. */
  readonly log: Readonly<Record<RunKind, boolean>>;
  /** Whether runs that are not visible are drawn in grey. */
  readonly others: boolean;
  /** Whether runs that differ in their seed alone are drawn as one band. */
  readonly bands: boolean;
  readonly filter: string;
  readonly sorting: Sorting;
  readonly diffOnly: boolean;
  /** The run under the pointer or with the keys, here or in the table. */
  readonly hovered: string | null;
}

export const compareState = createStore<CompareState>()(() => ({
  slots: {},
  choices: {
    solve: { name: null, axis: 'iteration' },
    training: { name: null, axis: 'step' },
  },
  log: { solve: true, training: false },
  others: true,
  bands: true,
  filter: '',
  sorting: { by: 'date', descending: true },
  diffOnly: true,
  hovered: null,
}));

/** A piece of it; the component is drawn again when it changes. */
export const useCompare = <T>(select: (state: CompareState) => T): T =>
  useStore(compareState, select);

/** Changes the choice of a kind. */
export function choose(kind: RunKind, change: Partial<Choice>): void {
  compareState.setState(({ choices }) => ({
    choices: { ...choices, [kind]: { ...choices[kind], ...change } },
  }));
}

/** Says which run is looked at; null: none. */
export function hover(id: string | null): void {
  if (compareState.getState().hovered !== id) compareState.setState({ hovered: id });
}
