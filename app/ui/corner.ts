import type { ComponentType, ReactNode } from 'react';
import { createStore } from 'zustand/vanilla';

/** Something said in plain words at the edge of the page. */
export interface CornerNote {
  readonly words: string;
  readonly description?: ReactNode;
}

/** What kind of thing is said: it decides the picture beside it. */
export type ToastKind = 'success' | 'warning' | 'error' | 'info';

/** How something is said in passing. */
export interface ToastOptions {
  /** What is said under the same name takes the other's place. */
  readonly id?: string;
  /** More about it, below. */
  readonly description?: ReactNode;
  /** Milliseconds until it goes by itself (4,000); `Infinity` for never. */
  readonly duration?: number;
  /** What can be done about it, with one press. */
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

/** One thing that is being said. */
export interface Toast extends ToastOptions {
  /** Tells it from every other one, also from the one whose place it took. */
  readonly key: number;
  readonly kind: ToastKind;
  readonly words: string;
}

/** What stands in the corner: the toasts and, once it is loaded, what draws them; and what those could not say. */
export interface CornerState {
  readonly Toasts: ComponentType | null;
  readonly toasts: readonly Toast[];
  readonly notes: readonly CornerNote[];
}

/** Apart from the page's store: what is said is no part of the state that a run or a link depends on. */
export const corner = createStore<CornerState>()(() => ({ Toasts: null, toasts: [], notes: [] }));

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
