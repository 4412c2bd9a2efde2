import type { WeightsFiles } from '../families/family.ts';
import { loadFamily } from '../families/index.ts';
import { familyOf } from '../families/settings.ts';
import type { Experiment } from '../schema/experiment.ts';
import { EngineFault } from './faults.ts';

/** How a set-up's family reads and writes weights. Throws where it does neither. */
export async function weightsFilesOf({ problem }: Experiment): Promise<WeightsFiles> {
  const { weightsFiles } = await loadFamily(problem.family);
  if (weightsFiles) return weightsFiles;
  const { title } = familyOf(problem.family);
  throw new EngineFault('bad-input', `Weights of the ${title} are not read from files here.`);
}
