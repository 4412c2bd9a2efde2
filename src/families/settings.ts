/** Every family's words and settings, by its id in links. A new one is a row here, in `rules.ts`, `index.ts` and `openGolden.ts`. */
import type { FamilySettings } from '../schema/family.ts';
import { inverseSettings } from './inverse/settings.ts';
import { impsqSettings } from './impsq/settings.ts';
import { languageSettings } from './language/settings.ts';
import { monotoneSettings } from './monotone/settings.ts';
import { multiscaleSettings } from './multiscale/settings.ts';
import { refinementSettings } from './refinement/settings.ts';
import { steadySettings } from './steady/settings.ts';

export const familySettings = {
  language: languageSettings,
  monotone: monotoneSettings,
  steady: steadySettings,
  multiscale: multiscaleSettings,
  inverse: inverseSettings,
  impsq: impsqSettings,
  refinement: refinementSettings,
} as const satisfies Readonly<Record<string, FamilySettings>>;

/** Name of a family in links; never reused for another one. */
export type FamilyId = keyof typeof familySettings;

/** Every family, in the order they are offered. */
export const familyIds = Object.keys(familySettings) as readonly FamilyId[];

/** What a set-up is of that says nothing about it: all old links. */
export const defaultFamily: FamilyId = 'language';

/** The settings of a family without what is particular to it. */
export const familyOf = (id: FamilyId): FamilySettings => familySettings[id];

/** What is said while what a family learns from is read. */
export const readingOf = (id: FamilyId): string =>
  `Reading the ${familyOf(id).learns?.from ?? 'data'}`;
