import { familyOf } from '../families/settings.ts';
import {
  fieldPaths,
  findField,
  sectionOf,
  settingAt,
  type FieldPath,
  type Section,
  type Settings,
} from './fields.ts';

/** Whether two set-ups have the same values in all of these sections. */
export const agreeOn = (a: Settings, b: Settings, sections: readonly Section[]): boolean =>
  a === b ||
  fieldPaths
    .filter((path) => sections.includes(sectionOf(path)))
    .every((path) => settingAt(a, path) === settingAt(b, path));

/** Sections of what f is: of the families' settings those of this one. */
export const modelSections = ({ problem }: Settings): readonly Section[] => [
  'problem',
  ...(Object.keys(familyOf(problem.family).model) as Section[]),
];

/** Sections of what f is given. */
export const inputSections = ({ problem }: Settings): readonly Section[] =>
  Object.keys(familyOf(problem.family).inputs) as Section[];

/** Whether a setting holds what is drawn, so that a stroke changes it many times a second. Words that are typed can wait. */
export const isDrawn = (settings: Settings, path: FieldPath): boolean =>
  familyOf(settings.problem.family).input !== 'text' &&
  findField(path)?.control === 'text' &&
  inputSections(settings).includes(sectionOf(path));
