import { familyRules } from '../families/rules.ts';
import { familyIds } from '../families/settings.ts';
import type { Conditions } from './family.ts';
import type { FieldPath, Settings } from './fields.ts';
import { isIdleOption, mapsOf } from './maps.ts';
import { isOfFamily } from './owners.ts';

/** Fields of all families that have an effect only under some settings; every other field always has one. */
const conditions: Conditions = {
  'problem.family': () => familyIds.length > 1,
  'solver.map': ({ problem }) => mapsOf(problem.family).length > 1,
  'solver.window': ({ solver }) => solver.method === 'anderson',
  'solver.ridge': ({ solver }) => solver.method === 'anderson' && solver.convention === 'own',
  'solver.ridgeMode': ({ solver }) => solver.method === 'anderson' && solver.convention === 'own',
  'solver.rank': ({ solver }) => solver.method === 'broyden',
  'solver.lineSearch': ({ solver }) => solver.method === 'broyden',
  'solver.damping': ({ solver }) => solver.method !== 'broyden',
  'backward.solver': ({ backward }) => backward.method === 'implicit',
  'backward.tolerance': ({ backward }) => backward.method === 'implicit',
  'backward.maxIterations': ({ backward }) => backward.method === 'implicit',
  'backward.window': ({ backward }) =>
    backward.method === 'implicit' && backward.solver === 'anderson',
  'backward.rank': ({ backward }) =>
    backward.method === 'implicit' && backward.solver === 'broyden',
  'backward.terms': ({ backward }) => backward.method === 'neumann',
  'backward.steps': ({ backward }) => backward.method === 'phantom',
  'backward.damping': ({ backward }) => backward.method === 'phantom',
  'train.adjointTolerance': ({ backward }) => backward.method === 'implicit',
  'train.adjointIterations': ({ backward }) => backward.method === 'implicit',
  'train.pretrainDepth': ({ train }) => train.pretrainSteps > 0,
  'train.jacobianShare': ({ train }) => train.jacobianWeight > 0,
  'train.jacobianPower': ({ train }) => train.jacobianWeight > 0,
  'train.twinDepth': ({ train }) => train.twin,
};

/** Whether a field has any effect under these settings; the page hides those that have none. */
export function isRelevant(path: FieldPath, settings: Settings): boolean {
  const { family } = settings.problem;
  if (!isOfFamily(path, family) || isIdleOption(path, settings)) return false;
  return [conditions, familyRules[family].conditions].every(
    (rules) => rules[path]?.(settings) ?? true,
  );
}
