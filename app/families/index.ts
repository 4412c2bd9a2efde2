import type { FamilyId } from '../../src/families/settings.ts';
import type { FamilyPage } from './familyPage.ts';
import { inversePage } from './inverse/page.ts';
import { impsqPage } from './impsq/page.ts';
import { languagePage } from './language/page.ts';
import { monotonePage } from './monotone/page.ts';
import { multiscalePage } from './multiscale/page.ts';
import { refinementPage } from './refinement/page.ts';
import { steadyPage } from './steady/page.ts';

/** What the page knows of each family. A new one is a folder beside this file and a row here. */
export const familyPages: Readonly<Record<FamilyId, FamilyPage>> = {
  language: languagePage,
  monotone: monotonePage,
  steady: steadyPage,
  multiscale: multiscalePage,
  inverse: inversePage,
  impsq: impsqPage,
  refinement: refinementPage,
};
