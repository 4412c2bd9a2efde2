import type { FamilyId } from '../../../src/families/settings.ts';
import {
  presetExperiment,
  type Experiment,
  type ParsedExperiment,
} from '../../../src/schema/experiment.ts';
import { firstPreset } from '../../../src/schema/presets.ts';
import type { View } from '../../../src/schema/views.ts';

/** What the visitor left each family with. */
export function rememberFamilies(): {
  /**
   * What a change comes to. Another family is not the old set-up with another f: it is what that family was left with, and
   * the first time what it begins with in the view.
   */
  readonly change: (changed: ParsedExperiment, old: Experiment, view: View) => ParsedExperiment;
} {
  const left = new Map<FamilyId, Experiment>();
  return {
    change: (changed, old, view) => {
      const { family } = changed.experiment.problem;
      if (family === old.problem.family) return changed;
      left.set(old.problem.family, old);
      const first = firstPreset(family, view === 'train' ? 'train' : 'solve');
      return { experiment: left.get(family) ?? presetExperiment(first), adjustments: [] };
    },
  };
}
