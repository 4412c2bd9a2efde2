import { familyPresets } from '../families/rules.ts';
import { familyIds, type FamilyId } from '../families/settings.ts';
import type { Preset, PresetTable } from './preset.ts';

type PresetsOf<P> = P extends { readonly solve: infer S; readonly train: infer T }
  ? Extract<keyof S | keyof T, string>
  : never;

/** Name of a preset in links; never reused for another set-up. */
export type PresetName = PresetsOf<(typeof familyPresets)[FamilyId]>;

const groups: readonly (readonly [FamilyId, PresetTable])[] = (['solve', 'train'] as const).flatMap(
  (view) => familyIds.map((id) => [id, familyPresets[id][view]] as const),
);

/**
 * Every preset, in the order they are offered. Links hold only what differs from one, so
 * changing a preset's values changes what links made from it open.
 */
export const presets = Object.assign({}, ...groups.map(([, table]) => table)) as Readonly<
  Record<PresetName, Preset>
>;

const families = new Map(
  groups.flatMap(([id, table]) => Object.keys(table).map((name) => [name, id] as const)),
);

/** The family that a preset is of. */
export const familyOfPreset = (name: PresetName): FamilyId => families.get(name) as FamilyId;

/** The preset a fresh page opens. */
export const defaultPreset: PresetName = 'char-transformer';

/** Whether there is a preset of that name. */
export const isPresetName = (name: unknown): name is PresetName =>
  typeof name === 'string' && Object.hasOwn(presets, name);

/**
 * Whether all of a preset and of its family is here: a build begins with titles and defaults of all but one
 * (`families/first.ts`, `families/whole.ts`).
 */
export const isWhole = (name: PresetName): boolean => 'settings' in presets[name];

/** The preset that a family begins with in a view: what its name alone means. */
export function firstPreset(family: FamilyId, view: 'solve' | 'train' = 'solve'): PresetName {
  const { solve, train } = familyPresets[family];
  const tables: readonly PresetTable[] = view === 'train' ? [train, solve] : [solve, train];
  const [first = defaultPreset] = tables.flatMap((table) => Object.keys(table));
  return first as PresetName;
}
