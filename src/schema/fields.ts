import { backwardFields, memoryFields } from './backwardFields.ts';
import { defaultFamily, familySettings, type FamilyId } from '../families/settings.ts';
import { generalMaps } from '../numerics/maps/settings.ts';
import { choice, decades, flag, int, real, type Field, type ValueOf } from './field.ts';
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

/** What the rows of a table are called. */
const labelsOf = <K extends string, W extends string>(
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
 * in links, in the store and in the config rail; nothing else lists settings.
 */
export const fields = {
  problem: {
    family: choice({
      label: 'Family',
      help: 'What kind of model is solved: its layer, its input and its weights.',
      default: defaultFamily,
      labels: labelsOf<FamilyId, 'title'>(familySettings, 'title'),
    }),
  },
  ...gather('model'),
  solver: {
    method: choice({
      label: 'Method',
      help: 'How the solver gets its next estimate from the evaluations so far.',
      // A window of six bounds its memory, in this pass as in the adjoint, so that a DEQ's is flat over depth; a
      // Broyden solve of so few pairs often diverges on a transformer.
      default: 'anderson',
      labels: { picard: 'Picard', anderson: 'Anderson', broyden: 'Broyden' },
    }),
    map: choice({
      label: 'Iterates',
      help: 'The map whose fixed point is looked for. All of them have that of f, and residuals are always those of f.',
      default: 'plain',
      labels: labelsOf<MapName, 'label'>(iterationMaps, 'label'),
    }),
    window: int({
      label: 'Window',
      symbol: 'm',
      unit: 'evaluations',
      help: 'How many of the last evaluations Anderson mixes.',
      default: 6,
      min: 1,
      max: 20,
    }),
    rank: int({
      label: 'Rank limit',
      symbol: 't',
      unit: 'pairs',
      help: 'Rank-one pairs Broyden keeps; past the limit the oldest is dropped, which saves memory and can cost convergence.',
      // With fewer, a transformer's solve often diverges once the oldest pair is dropped.
      default: 30,
      min: 1,
      max: 200,
    }),
    damping: real({
      label: 'Damping',
      symbol: 'β',
      help: 'Share of f(z) in each step; below 1 the step is shorter.',
      default: 1,
      min: 0.05,
      max: 1,
      step: 0.05,
    }),
    ridge: decades({
      label: 'Ridge',
      symbol: 'λ',
      help: 'Added to the diagonal of Anderson’s least-squares system.',
      default: 1e-4,
      min: 1e-10,
      max: 1,
      advanced: true,
    }),
    ridgeMode: choice({
      label: 'Ridge is',
      help: 'Relative multiplies λ by the mean diagonal of the Gram matrix; absolute adds it as it is.',
      default: 'relative',
      labels: { relative: 'relative', absolute: 'absolute' },
      advanced: true,
    }),
    lineSearch: flag({
      label: 'Line search',
      help: 'Armijo backtracking on ‖f(z) − z‖²; extra evaluations only where the full step fails.',
      default: false,
      advanced: true,
    }),
    tolerance: decades({
      label: 'Tolerance',
      symbol: 'ε',
      help: 'The solve has converged when every sample’s residual is below it. Float32 cannot go much below 1e-7 relative.',
      default: 1e-3,
      min: 1e-8,
      max: 1e-1,
    }),
    stopMode: choice({
      label: 'Stop on',
      help: 'Relative: ‖f(z) − z‖ / ‖f(z)‖. Absolute: ‖f(z) − z‖.',
      default: 'rel',
      labels: { rel: 'relative', abs: 'absolute' },
    }),
    convention: choice({
      label: 'Conventions',
      help: 'Whose residual, stopping rule, returned point and ridge are used. Libraries differ in silence: the same solve then ends at another iteration.',
      default: 'own',
      labels: {
        own: 'ours',
        deq: 'as deq',
        torchdeq: 'as torchdeq',
        mondeq: 'as monDEQ',
        'implicit-sequences': 'as implicit sequences',
        tutorial: 'as the tutorial',
      },
      advanced: true,
    }),
    maxIterations: int({
      label: 'Max iterations',
      symbol: 'K',
      unit: 'iterations',
      help: 'The solve stops here if it has not converged.',
      default: 60,
      min: 1,
      max: 200,
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
