import type { PresetName } from '../../../src/schema/presets.ts';
import type { GalleryCard } from './galleryCard.ts';
import { inverseCards } from './inverseCards.ts';
import { impsqCards } from './impsqCards.ts';
import { layerCards } from './layerCards.ts';
import { monotoneCards } from './monotoneCards.ts';
import { multiscaleCards } from './multiscaleCards.ts';
import { refinementCards } from './refinementCards.ts';
import { solverCards } from './solverCards.ts';
import { steadyCards } from './steadyCards.ts';

export type * from './galleryCard.ts';

/** Every preset's card. `scripts/recordGallery.ts` records the runs; a test asserts the claims on them. */
export const cards: Readonly<Record<PresetName, GalleryCard>> = {
  ...solverCards,
  ...monotoneCards,
  ...steadyCards,
  ...multiscaleCards,
  ...inverseCards,
  ...impsqCards,
  ...refinementCards,
  ...layerCards,
};
