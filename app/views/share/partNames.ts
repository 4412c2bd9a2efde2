import { familySectionNames, findField, type Section } from '../../../src/schema/fields.ts';
import type { HideablePart } from '../../../src/schema/hide.ts';
import { isView, viewNames } from '../../../src/schema/views.ts';

/** What the sections of the table of settings are called on the page. */
export const sectionNames: Readonly<Record<Section, string>> = {
  problem: 'Model family',
  solver: 'Solver',
  backward: 'Backward pass',
  memory: 'Memory',
  train: 'Training',
  random: 'Random',
  ...familySectionNames,
};

/** A part of the page that a link can leave out, as people call it. */
export function partName(part: HideablePart): string {
  if (part === 'preset') return 'the choice of presets';
  if (part === 'check') return 'the numbers check';
  const field = findField(part);
  if (field) return field.label;
  if (isView(part)) return `the ${viewNames[part]} view`;
  return `${sectionNames[part.replace('.*', '') as Section]} settings`;
}
