import type { ComponentType } from 'react';
import type { FieldPath } from '../../src/schema/fields.ts';

/** What the page knows of a family beyond its settings. Everything that is drawn loads when it is first needed. */
export interface FamilyPage {
  /** The card of what its states say. */
  readonly output: {
    /** Name of the tab and of the card. */
    readonly name: string;
    /** The question that it answers. */
    readonly title: string;
    /** Stands first, whether anything has been said yet or not; else last, once something has. */
    readonly leads: boolean;
  };
  /** The lines of its equation and what stands below them. */
  readonly Equation: ComponentType;
  /** Controls of its own, in place of the rows that these settings would have. */
  readonly controls: { readonly [P in FieldPath]?: ComponentType };
}
