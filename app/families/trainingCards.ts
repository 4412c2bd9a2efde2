import type { ComponentType } from 'react';
import type { FamilyId } from '../../src/families/settings.ts';
import { languageTraining } from './language/training/cards.ts';

/** What a family alone has in the Train view. */
export interface TrainingCards {
  /** What it learns from, in place of the card that fits whatever data a family brings itself. */
  readonly Data: ComponentType;
  /** What the trained model makes, and what else can be done with the model. */
  readonly Output: ComponentType;
}

/** Of each family that has cards of its own there; loaded with the Train view, so they stand on no page's row. */
export const trainingCards: { readonly [F in FamilyId]?: TrainingCards } = {
  language: languageTraining,
};
