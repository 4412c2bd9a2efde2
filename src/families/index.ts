/** Every family, in the order they are offered. The code of each is a chunk of its own. */
import { BadInputError } from '../data/badInput.ts';
import { twice } from '../inputs/twice.ts';
import type { Family, FamilyEngine } from './family.ts';
import { familyIds, familyOf, type FamilyId } from './settings.ts';

const code: Readonly<Record<FamilyId, () => Promise<FamilyEngine>>> = {
  language: () => import('./language/index.ts').then(({ language }) => language),
  monotone: () => import('./monotone/index.ts').then(({ monotone }) => monotone),
  steady: () => import('./steady/index.ts').then(({ steady }) => steady),
  multiscale: () => import('./multiscale/index.ts').then(({ multiscale }) => multiscale),
  inverse: () => import('./inverse/index.ts').then(({ inverse }) => inverse),
  impsq: () => import('./impsq/index.ts').then(({ impsq }) => impsq),
  refinement: () => import('./refinement/index.ts').then(({ refinement }) => refinement),
};

/** The code of a family. Tries twice; rejects with a BadInputError in words where it can't be fetched. */
const fetched = (id: FamilyId): Promise<FamilyEngine> =>
  twice(code[id]).catch((cause: unknown) => {
    throw new BadInputError(
      `What computes the ${familyOf(id).title.toLowerCase()} could not be fetched. Check the connection, then restart the engine, or choose another family.`,
      { cause },
    );
  });

export const families: readonly Family[] = familyIds.map((id) => ({
  id,
  title: familyOf(id).title,
  settings: familyOf(id),
  load: () => fetched(id),
  open: async (experiment, weights) => {
    const engine = await fetched(id);
    await engine.prepare?.(experiment);
    return engine.open(experiment, weights);
  },
}));

/** The family of that name. */
export const loadFamily = (id: FamilyId): Promise<FamilyEngine> => fetched(id);
