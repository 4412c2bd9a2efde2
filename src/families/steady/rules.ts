import type { FamilyRules } from '../../schema/family.ts';

export const steadyRules: FamilyRules = {
  conditions: {},
  constraints: [],
  shape: ['steady.cell', 'steady.width'],
};
