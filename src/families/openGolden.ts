/** Golden files of any family: reference values that say what is theirs themselves. */
import type { GoldenReader, OpenedGolden } from './family.ts';
import { isRecord } from './goldenFile.ts';
import { inverseGolden } from './inverse/golden.ts';
import { impsqGolden } from './impsq/golden.ts';
import { languageGolden } from './language/golden.ts';
import { monotoneGolden } from './monotone/golden.ts';
import { multiscaleGolden } from './multiscale/golden.ts';
import { refinementGolden } from './refinement/golden.ts';
import type { FamilyId } from './settings.ts';
import { steadyGolden } from './steady/golden.ts';

/** Every family's reader, by the family's id; the first that reads a file opens it. */
const readers: Readonly<Record<FamilyId, GoldenReader>> = {
  language: languageGolden,
  monotone: monotoneGolden,
  steady: steadyGolden,
  multiscale: multiscaleGolden,
  inverse: inverseGolden,
  impsq: impsqGolden,
  refinement: refinementGolden,
};

/**
 * Opens a golden file on the current backend; `name`: a key of the file's `cases`; `further`: readers of families that
 * have no row here. The caller owns the problem's parameters and the probe. Throws an Error in words for a file of no
 * family, or one that does not fit.
 */
export function openGolden(
  file: unknown,
  name?: string,
  further: readonly GoldenReader[] = [],
): OpenedGolden {
  const reader = [...Object.values(readers), ...further].find((one) => one.reads(file));
  if (reader) return reader.open(file, name);
  const family = isRecord(file) ? file['family'] : undefined;
  const named = typeof family === 'string' ? `: it is of ${family}` : '';
  throw new Error(`This is no golden file of a family that is here${named}.`);
}
