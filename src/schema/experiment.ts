import { applyConstraints } from './constraints.ts';
import {
  composeSettings,
  fieldPaths,
  findField,
  settingAt,
  withSetting,
  type FieldPath,
  type Settings,
} from './fields.ts';
import { schemaVersion } from './migrations.ts';
import { isOfFamily } from './owners.ts';
import { defaultPreset, familyOfPreset, presets, type PresetName } from './presets.ts';
import { withPretrained } from './pretrained.ts';
import { readValue } from './readValue.ts';
import { quote } from './wording.ts';

export { settingAt } from './fields.ts';

/** A complete set-up: what a link, a file and the page's settings hold. Schema version 1. */
export interface Experiment extends Settings {
  readonly version: 1;
  /** The preset it started from; links carry only what differs from it. */
  readonly preset: PresetName;
}

/** An experiment that is valid, and one sentence for each thing that had to be changed. */
export interface ParsedExperiment {
  readonly experiment: Experiment;
  readonly adjustments: string[];
}

/** The settings of each preset, once they were asked for: every setting on the page compares itself with its preset's. */
const ofPresets = new Map<PresetName, Settings>();

/** The set-up a preset stands for. */
export function presetExperiment(preset: PresetName): Experiment {
  let settings = ofPresets.get(preset);
  if (!settings) {
    const { settings: own } = presets[preset];
    const family = familyOfPreset(preset);
    settings = composeSettings((path) => (path === 'problem.family' ? family : own[path]));
    ofPresets.set(preset, settings);
  }
  return { version: schemaVersion, preset, ...settings };
}

/** What a fresh page opens. */
export const defaultExperiment: Experiment = presetExperiment(defaultPreset);

/**
 * Paths of its family whose values differ from the experiment's preset, in table order. What another family
 * was left with is no part of what a set-up is.
 */
export function differences(experiment: Experiment): FieldPath[] {
  const preset = presetExperiment(experiment.preset);
  const { family } = experiment.problem;
  return fieldPaths.filter(
    (path) => isOfFamily(path, family) && settingAt(experiment, path) !== settingAt(preset, path),
  );
}

/**
 * The experiment with one setting changed and everything that depends on it repaired. A value
 * that makes no sense leaves the setting as it is; if nothing changes, the same object returns.
 */
export function changeSetting(
  experiment: Experiment,
  path: FieldPath,
  raw: unknown,
): ParsedExperiment {
  const field = findField(path);
  if (!field) return { experiment, adjustments: [`There is no setting ${quote(path)}.`] };
  const current = settingAt(experiment, path);
  const { value, adjustment } = readValue(field, raw, current);
  const given = adjustment === undefined ? [] : [adjustment];
  if (value === current) return { experiment, adjustments: given };
  const changed = withSetting(experiment, path, value);
  const { settings, adjustments } = applyConstraints(withPretrained(changed, path));
  return { experiment: settings, adjustments: [...given, ...adjustments] };
}

/** The same for several settings, one after the other, without a word on what was repaired. */
export const changeSettings = (
  experiment: Experiment,
  changes: Readonly<Partial<Record<FieldPath, unknown>>>,
): Experiment =>
  Object.entries(changes).reduce(
    (changed, [path, value]) => changeSetting(changed, path as FieldPath, value).experiment,
    experiment,
  );
