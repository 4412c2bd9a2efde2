import type { TrainingCards } from '../../trainingCards.ts';
import { CorpusCard } from './CorpusCard.tsx';
import { SampleCard } from './SampleCard.tsx';

/** Language models learn from a text, the visitor's own perhaps, and write one. */
export const languageTraining: TrainingCards = { Data: CorpusCard, Output: SampleCard };
