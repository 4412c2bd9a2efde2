import { familyRules } from '../families/rules.ts';
import { familyIds } from '../families/settings.ts';
import type { KindSettings } from '../numerics/kind.ts';
import { kindSettings as kinds } from '../numerics/settings.ts';
import { hasAdjointOption, hasOption } from './kindPaths.ts';
import { settingsOf } from '../numerics/settingsOf.ts';
import type { Conditions } from './family.ts';
import { twinOf } from './twin.ts';
import { keyOf, sectionOf, type FieldPath, type Settings } from './fields.ts';
import { isIdleOption, mapsOf, takesInverse } from './maps.ts';
import { isOfFamily } from './owners.ts';

const kindSettings: readonly KindSettings[] = kinds;

/** Fields of all families that have an effect only under some settings; every other field always has one. */
const conditions: Conditions = {
  'problem.family': () => familyIds.length > 1,
  'solver.map': ({ problem }) => mapsOf(problem.family).length > 1,
  'backward.solver': ({ backward }) => backward.method === 'implicit',
  'backward.tolerance': ({ backward }) => backward.method === 'implicit',
  'backward.maxIterations': ({ backward }) => backward.method === 'implicit',
  'backward.seeded': ({ solver, backward }) =>
    backward.method === 'implicit' &&
    takesInverse({ solver, backward: { ...backward, seeded: true } }),
  'backward.terms': ({ backward }) => backward.method === 'neumann',
  'backward.steps': ({ backward }) => backward.method === 'phantom',
  'backward.damping': ({ backward }) => backward.method === 'phantom',
  'train.adjointTolerance': ({ backward }) => backward.method === 'implicit',
  'train.adjointIterations': ({ backward }) => backward.method === 'implicit',
  'train.pretrainDepth': ({ train }) => train.pretrainSteps > 0,
  'train.jacobianShare': ({ train }) => train.jacobianWeight > 0,
  'train.jacobianPower': ({ train }) => train.jacobianWeight > 0,
  'train.skipWeight': ({ solver }) => solver.start !== 'zeros',
  'train.twinKind': ({ train, problem }) =>
    train.twin && familyRules[problem.family].twins !== undefined,
  'train.twinDepth': (settings) => settings.train.twin && twinOf(settings).kind === 'unrolled',
};

/** Names of the options that solver kinds bring, of a forward and of an adjoint solve. */
const kindOptions = {
  solver: new Set(kindSettings.flatMap(({ options }) => Object.keys(options))),
  backward: new Set(kindSettings.flatMap(({ adjoint }) => Object.keys(adjoint?.options ?? {}))),
} as const;

/** Whether it is an option of another solver kind than those in use, or one that a library's convention decides. */
function isOfOtherKind(path: FieldPath, { solver, backward }: Settings): boolean {
  const [section, name] = [sectionOf(path), keyOf(path)];
  if (section === 'solver' && kindOptions.solver.has(name)) {
    const { underConvention = {} } = settingsOf(solver.method);
    const settled = solver.convention !== 'own' && name in underConvention;
    return settled || !hasOption(solver.method, name as keyof Settings['solver']);
  }
  if (section === 'backward' && kindOptions.backward.has(name)) {
    const option = name as keyof Settings['backward'];
    return backward.method !== 'implicit' || !hasAdjointOption(backward.solver, option);
  }
  return false;
}

/** Whether a field has any effect under these settings; the page hides those that have none. */
export function isRelevant(path: FieldPath, settings: Settings): boolean {
  const { family } = settings.problem;
  if (!isOfFamily(path, family) || isIdleOption(path, settings)) return false;
  if (isOfOtherKind(path, settings)) return false;
  return [conditions, familyRules[family].conditions].every(
    (rules) => rules[path]?.(settings) ?? true,
  );
}
