/** Whose settings are whose. */
import { familyIds, familyOf, type FamilyId } from '../families/settings.ts';
import type { FieldPath } from './fields.ts';

const owners = new Map<string, FamilyId[]>();
for (const id of familyIds) {
  const { model, inputs, cards, shared } = familyOf(id);
  const sections = Object.entries({ ...model, ...inputs, ...cards });
  const own = sections.flatMap(([section, group]) =>
    Object.keys(group).map((key) => `${section}.${key}`),
  );
  for (const path of [...own, ...shared]) owners.set(path, [...(owners.get(path) ?? []), id]);
}

/** Whether set-ups of a family have that setting; those that no family claims are everybody's. */
export const isOfFamily = (path: FieldPath, family: FamilyId): boolean =>
  owners.get(path)?.includes(family) ?? true;

/** The first family that has the setting as its own; undefined for everybody's. */
export const ownerOf = (path: FieldPath): FamilyId | undefined => owners.get(path)?.[0];
