import type { FamilyEngine } from '../family.ts';
import { openText } from './problem.ts';

/** Texts through one weight-tied layer: transformer, TrellisNet, tanh. */
export const language: FamilyEngine = { open: openText };
