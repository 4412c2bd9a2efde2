import type { ComponentType, ReactNode } from 'react';
import { createStore } from 'zustand/vanilla';

/** Something said in plain words at the edge of the page. */
export interface CornerNote {
  readonly words: string;
  readonly description?: ReactNode;
}

/** What stands in the corner: the toasts once they are loaded, and what they could not say. */
export interface CornerState {
  readonly Toasts: ComponentType | null;
  readonly notes: readonly CornerNote[];
}

/** Apart from the page's store: what is said is no part of the state that a run or a link depends on. */
export const corner = createStore<CornerState>()(() => ({ Toasts: null, notes: [] }));

/** Says it without toasts, which may be the very thing that is missing. Said once, however often. */
export function sayPlainly(note: CornerNote): void {
  corner.setState(({ notes }) => ({
    notes: [...notes.filter(({ words }) => words !== note.words), note],
  }));
}

/** Takes the plain notes away. */
export function clearNotes(): void {
  corner.setState({ notes: [] });
}
