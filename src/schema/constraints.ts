import { familyRules } from '../families/rules.ts';
import { familyOf } from '../families/settings.ts';
import type { Constraint, Repair } from './family.ts';
import { iterationMaps, type Settings } from './fields.ts';
import type { KindSettings } from '../numerics/kind.ts';
import { kindSettings } from '../numerics/settings.ts';
import { leavesInverse } from '../numerics/settingsOf.ts';
import { mapsOf } from './maps.ts';
import { quote } from './wording.ts';

export type { Constraint, Repair } from './family.ts';

/** A family is solved by the maps it has; plain iteration of f always is one. */
const mapIsOfFamily: Constraint = (settings) => {
  const { problem, solver } = settings;
  if (mapsOf(problem.family).includes(solver.map)) return undefined;
  const { title } = familyOf(problem.family);
  const sentence = `The map ${quote(iterationMaps[solver.map].label)} is not one of the ${title.toLowerCase()}’s; f itself is iterated.`;
  return [{ ...settings, solver: { ...solver, map: 'plain' } }, sentence];
};

/** A learned start is part of the weights of those families that have one. */
const startIsThere: Constraint = (settings) => {
  const { problem, solver } = settings;
  const { learnedStart, title } = familyOf(problem.family);
  if (solver.start !== 'learned' || learnedStart) return undefined;
  const sentence = `The ${title.toLowerCase()} has no learned start; solves start at zeros.`;
  return [{ ...settings, solver: { ...solver, start: 'zeros' } }, sentence];
};

/** SHINE is made of what a forward solve has learnt of the inverse Jacobian of f itself. */
const shineHasAnInverse: Constraint = (settings) => {
  const { solver, backward } = settings;
  if (backward.method !== 'shine' || leavesInverse(solver)) return undefined;
  const learning = kindSettings.filter((kind: KindSettings) => kind.learnsInverse);
  const sentence = `SHINE takes the inverse Jacobian that a forward solve by ${learning.map(({ title }) => title).join(' or ')} of f itself leaves behind, so that has to be the solver first; the gradient is the implicit one.`;
  return [{ ...settings, backward: { ...backward, method: 'implicit' } }, sentence];
};

/** Repairs whatever breaks a rule between fields; settings that break none come back as they are. */
export function applyConstraints<S extends Settings>(settings: S): Repair<S> {
  let repaired = settings;
  const adjustments: string[] = [];
  const { constraints } = familyRules[settings.problem.family];
  for (const constraint of [mapIsOfFamily, startIsThere, shineHasAnInverse, ...constraints]) {
    const outcome = constraint(repaired);
    if (!outcome) continue;
    repaired = outcome[0];
    adjustments.push(outcome[1]);
  }
  return { settings: repaired, adjustments };
}
