/** Which iteration maps a set-up can choose, and the settings they are opened with. */
import { familyOf, type FamilyId } from '../families/settings.ts';
import { generalMaps } from '../numerics/maps/settings.ts';
import { leavesInverse, settingsOf } from '../numerics/settingsOf.ts';
import type { MapSettings } from './family.ts';
import { iterationMaps, settingAt, type FieldPath, type MapName, type Settings } from './fields.ts';

const table: Readonly<Record<string, MapSettings>> = iterationMaps;

/** The maps that problems of a family have, `plain` first. */
export const mapsOf = (family: FamilyId): readonly MapName[] =>
  [...Object.keys(generalMaps), ...Object.keys(familyOf(family).maps)] as MapName[];

const optionsOf = (name: MapName): readonly (readonly [string, FieldPath])[] =>
  Object.entries(table[name]?.options ?? {}) as [string, FieldPath][];

/** Paths that are some map's option. */
const optionPaths: ReadonlySet<FieldPath> = new Set(
  (Object.keys(iterationMaps) as MapName[]).flatMap((name) =>
    optionsOf(name).map(([, path]) => path),
  ),
);

/** Whether a setting says nothing under the chosen map: it is an option of others alone. */
export const isIdleOption = (path: FieldPath, { solver }: Settings): boolean =>
  optionPaths.has(path) && !optionsOf(solver.map).some(([, own]) => own === path);

/** Whether the forward solve leaves an inverse Jacobian of f(z) − z behind, and the gradient takes it. */
export const takesInverse = ({
  solver,
  backward,
}: Pick<Settings, 'solver' | 'backward'>): boolean =>
  leavesInverse(solver) &&
  (backward.method === 'shine' ||
    (backward.method === 'implicit' &&
      backward.seeded &&
      settingsOf(backward.solver).learnsInverse === true));

/** What the chosen map is opened with: numbers by the names the map has for them. */
export const mapValues = (settings: Settings): Readonly<Record<string, number>> =>
  Object.fromEntries(
    optionsOf(settings.solver.map).map(([name, path]) => [name, Number(settingAt(settings, path))]),
  );

/** What the steps of a forward solve are called: the method's name, and that of the map where it is not f itself. */
export function iterationName({ solver }: Settings): string {
  const { title, plain = false } = settingsOf(solver.method);
  if (solver.map === 'plain') return title;
  const map = mapTitle(solver.map);
  return plain ? map : `${title} on ${map}`;
}

/** A map's name as a sentence begins with it. */
function mapTitle(name: MapName): string {
  const { label } = iterationMaps[name];
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
}

/** The setting that is the chosen map's step, where it is 0 or less: nothing then moves, or the wrong way. */
export function lostStep(settings: Settings): FieldPath | undefined {
  const { map } = settings.solver;
  const [, path] = optionsOf(map).find(([name]) => name === table[map]?.step) ?? [];
  return path !== undefined && Number(settingAt(settings, path)) <= 0 ? path : undefined;
}

/**
 * When the chosen map converges, iterated as it is, as the end of a sentence; undefined of f itself, which does where ρ is below 1,
 * of a map without a step forward, and of a method that does something else with the map, as Newton's does.
 */
export const convergesWhere = (settings: Settings): string | undefined =>
  settingsOf(settings.solver.method).plain === true && lostStep(settings) === undefined
    ? table[settings.solver.map]?.converges
    : undefined;

/** A map that converges on every problem of the family; undefined where it has none. */
export const sureMap = ({ problem }: Settings): MapName | undefined =>
  mapsOf(problem.family).find((name) => table[name]?.sure);

/** Why such a map is sure, as a sentence; empty where the family has none. */
export function sureWords(settings: Settings): string {
  const map = sureMap(settings);
  const where = map && table[map]?.converges;
  return map && where ? `${mapTitle(map)} converges ${where}.` : '';
}
