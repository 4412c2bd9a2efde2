/** How each family's settings hang together, and the set-ups it offers. */
import type { FamilyRules } from '../schema/family.ts';
import type { PresetTable } from '../schema/preset.ts';
import { inverseSolvePresets, inverseTrainPresets } from './inverse/presets.ts';
import { inverseRules } from './inverse/rules.ts';
import { impsqSolvePresets, impsqTrainPresets } from './impsq/presets.ts';
import { impsqRules } from './impsq/rules.ts';
import { solvePresets, trainPresets } from './language/presets.ts';
import { languageRules } from './language/rules.ts';
import { monotoneSolvePresets, monotoneTrainPresets } from './monotone/presets.ts';
import { monotoneRules } from './monotone/rules.ts';
import { multiscaleSolvePresets, multiscaleTrainPresets } from './multiscale/presets.ts';
import { multiscaleRules } from './multiscale/rules.ts';
import { refinementSolvePresets, refinementTrainPresets } from './refinement/presets.ts';
import { refinementRules } from './refinement/rules.ts';
import type { FamilyId } from './settings.ts';
import { steadySolvePresets, steadyTrainPresets } from './steady/presets.ts';
import { steadyRules } from './steady/rules.ts';

export const familyRules: Readonly<Record<FamilyId, FamilyRules>> = {
  language: languageRules,
  monotone: monotoneRules,
  steady: steadyRules,
  multiscale: multiscaleRules,
  inverse: inverseRules,
  impsq: impsqRules,
  refinement: refinementRules,
};

/** Presets of the Solve view and of the Train view, in the order they are offered. */
export const familyPresets = {
  language: { solve: solvePresets, train: trainPresets },
  monotone: { solve: monotoneSolvePresets, train: monotoneTrainPresets },
  steady: { solve: steadySolvePresets, train: steadyTrainPresets },
  multiscale: { solve: multiscaleSolvePresets, train: multiscaleTrainPresets },
  inverse: { solve: inverseSolvePresets, train: inverseTrainPresets },
  impsq: { solve: impsqSolvePresets, train: impsqTrainPresets },
  refinement: { solve: refinementSolvePresets, train: refinementTrainPresets },
} as const satisfies Readonly<
  Record<FamilyId, { readonly solve: PresetTable; readonly train: PresetTable }>
>;
