import { backwardFields, memoryFields } from './backwardFields.ts';
import { defaultFamily, familySettings, type FamilyId } from '../families/settings.ts';
import { generalMaps, mapFields } from '../numerics/maps/settings.ts';
import { choice, int, type Field, type ValueOf } from './field.ts';
import { kindField, kindFields, stopFields } from './solverFields.ts';
import { trainFields } from './trainFields.ts';
import { ownValue } from './untrusted.ts';

type Group = 'model' | 'inputs' | 'cards' | 'names' | 'maps';

/** What the families' rows have under one name, together. */
type Gathered<G extends Group> = Together<(typeof familySettings)[FamilyId][G]>;
/** A & B for A | B. */
type Together<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer A) => void
  ? A
  : never;

const gather = <G extends Group>(group: G): Gathered<G> =>
  Object.assign({}, ...Object.values(familySettings).map((family) => family[group])) as Gathered<G>;

/** What the families' sections are called on the page. */
export const familySectionNames = gather('names');

/** A word of each row of a table: what it is called, say. */
const wordsOf = <K extends string, W extends string>(
  rows: Readonly<Record<K, Readonly<Record<W, string>>>>,
  word: W,
): Record<K, string> =>
  Object.fromEntries(
    Object.entries<Readonly<Record<W, string>>>(rows).map(([key, row]) => [key, row[word]]),
  ) as Record<K, string>;

/** Every iteration map there is; which of them a problem has is its family's. */
export const iterationMaps = { ...generalMaps, ...gather('maps') };

/** Name of an iteration map in links. */
export type MapName = keyof typeof iterationMaps;

/**
 * Every setting there is, by section. A path such as `solver.tolerance` names a field
 * in links, in the store and in the config rail. Solver kinds and families bring their own.
 */
export const fields = {
  problem: {
    family: choice({
      label: 'Model family',
      help: 'What kind of model is solved: its layer, its input and its weights.',
      default: defaultFamily,
      labels: wordsOf<FamilyId, 'title'>(familySettings, 'title'),
      helps: wordsOf<FamilyId, 'help'>(familySettings, 'help'),
    }),
  },
  ...gather('model'),
  solver: {
    method: kindField,
    map: choice({
      label: 'Iterates',
      help: 'The map whose fixed point is looked for. All of them have that of f, and residuals are always those of f.',
      default: 'plain',
      labels: wordsOf<MapName, 'label'>(iterationMaps, 'label'),
      helps: wordsOf<MapName, 'help'>(iterationMaps, 'help'),
    }),
    ...mapFields,
    ...kindFields,
    ...stopFields,
    start: choice({
      label: 'Start',
      symbol: 'z₀',
      help: 'Where the solve begins: at zeros; at f of them, as SkipReg-DEQ does with the same weights, an evaluation that is not counted; or at a map of x that is trained with the model (Skip-DEQ), where a family has one.',
      default: 'zeros',
      labels: { zeros: 'zeros', evaluation: 'f(0)', learned: 'learned' },
      advanced: true,
    }),
  },
  backward: backwardFields,
  memory: memoryFields,
  ...gather('cards'),
  train: trainFields,
  ...gather('inputs'),
  random: {
    seed: int({
      label: 'Seed',
      help: 'The same seed gives the same weights, so the same solve on the same device.',
      default: 1234,
      min: 0,
      max: 999_999,
    }),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Field>>>>;

export type Fields = typeof fields;
export type Section = keyof Fields;

/** Values of all fields: what a run is. */
export type Settings = {
  readonly [S in Section]: { readonly [K in keyof Fields[S]]: ValueOf<Fields[S][K]> };
};

/** `cell.width` and so on: the name of a field in links and in the store. */
export type FieldPath = {
  [S in Section]: `${S}.${Extract<keyof Fields[S], string>}`;
}[Section];

/** The type of the value at a path. */
export type ValueAt<P extends FieldPath> = P extends `${infer S extends Section}.${infer K}`
  ? K extends keyof Settings[S]
    ? Settings[S][K]
    : never
  : never;

const table: Readonly<Record<string, Readonly<Record<string, Field>>>> = fields;

const byPath: ReadonlyMap<string, Field> = new Map(
  Object.entries(table).flatMap(([section, group]) =>
    Object.entries(group).map(([key, field]): [string, Field] => [`${section}.${key}`, field]),
  ),
);

/** Every path in table order. */
export const fieldPaths: readonly FieldPath[] = [...byPath.keys()] as FieldPath[];

/** Settings with a value for each path; where `value` has none, the field's default. */
export function composeSettings(
  value: (path: FieldPath) => ValueAt<FieldPath> | undefined,
): Settings {
  const sections = Object.entries(table).map(([section, group]): [string, unknown] => {
    const entries = Object.entries(group).map(([key, field]): [string, unknown] => [
      key,
      value(`${section}.${key}` as FieldPath) ?? field.default,
    ]);
    return [section, Object.fromEntries(entries)];
  });
  return Object.fromEntries(sections) as Settings;
}

/** The field of that path, or undefined: the whitelist every untrusted key passes through. */
export const findField = (path: string): Field | undefined => byPath.get(path);

/** The value at a path. */
export function settingAt<P extends FieldPath>(settings: Settings, path: P): ValueAt<P> {
  return ownValue(ownValue(settings, sectionOf(path)), keyOf(path)) as ValueAt<P>;
}

/** The settings with another value at a path. */
export const withSetting = <S extends Settings, P extends FieldPath>(
  settings: S,
  path: P,
  value: ValueAt<P>,
): S => {
  const section = sectionOf(path);
  return { ...settings, [section]: { ...settings[section], [keyOf(path)]: value } };
};

/** `cell` of `cell.width`. */
export const sectionOf = (path: string): Section => path.slice(0, path.indexOf('.')) as Section;

/** `width` of `cell.width`. */
export const keyOf = (path: string): string => path.slice(path.indexOf('.') + 1);
