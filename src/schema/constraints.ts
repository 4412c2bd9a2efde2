import { familyRules } from '../families/rules.ts';
import { familyOf } from '../families/settings.ts';
import type { Constraint, Repair } from './family.ts';
import { iterationMaps, type Settings } from './fields.ts';
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

/** Repairs whatever breaks a rule between fields; settings that break none come back as they are. */
export function applyConstraints<S extends Settings>(settings: S): Repair<S> {
  let repaired = settings;
  const adjustments: string[] = [];
  const { constraints } = familyRules[settings.problem.family];
  for (const constraint of [mapIsOfFamily, startIsThere, ...constraints]) {
    const outcome = constraint(repaired);
    if (!outcome) continue;
    repaired = outcome[0];
    adjustments.push(outcome[1]);
  }
  return { settings: repaired, adjustments };
}
