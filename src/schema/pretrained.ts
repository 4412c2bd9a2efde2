import { familyRules } from '../families/rules.ts';
import { familyOf } from '../families/settings.ts';
import { sectionOf, settingAt, type FieldPath, type Settings } from './fields.ts';

/**
 * The settings with what goes with a value that was just asked for at `path`: where it is the pretrained weights, the shape
 * they fit and all else that they were trained with. Nothing is repaired.
 */
export function withPretrained<S extends Settings>(settings: S, path: FieldPath): S {
  const { family } = settings.problem;
  const asked =
    path === familyOf(family).weights?.path && settingAt(settings, path) === 'pretrained';
  if (!asked) return settings;
  const section = sectionOf(path);
  return { ...settings, [section]: { ...settings[section], ...familyRules[family].pretrained } };
}
