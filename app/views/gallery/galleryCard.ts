import type { FieldPath, ValueAt } from '../../../src/schema/fields.ts';

/** Settings and the values they are to have. */
export type Changes = { readonly [P in FieldPath]?: ValueAt<P> };

/** What a card's curves are of. */
export type Quantity = 'residual' | 'loss' | 'gradient error' | 'memory';

/** One recorded curve: the preset as it opens, with these changes made. */
export interface Run {
  readonly label: string;
  readonly changes?: Changes;
}

/** Something the visitor may change once the preset is open. */
export interface Suggestion {
  readonly words: string;
  readonly set: Changes;
  /** The control that gets the focus. */
  readonly focus: FieldPath;
}

/** How hard it is to follow. */
export type Level = 'easy' | 'medium' | 'hard';

/** A preset on the wall: what was recorded of it, and what to do with it. */
export interface GalleryCard {
  readonly view: 'solve' | 'train';
  readonly level: Level;
  readonly quantity: Quantity;
  /** Sizes of noise that the solution was kicked with, relative to it: how far off did it then settle? */
  readonly kicks?: readonly number[];
  /** The first is the preset itself. */
  readonly runs: readonly [Run, ...Run[]];
  readonly tries: readonly [Suggestion, ...Suggestion[]];
}
