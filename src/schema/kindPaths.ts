import { settingsOf } from '../numerics/settingsOf.ts';
import type { FieldPath, Settings } from './fields.ts';
import type { SolverId } from './solverFields.ts';

/** The settings that are the options of a kind, in the order of its controls. */
export const optionPaths = (kind: SolverId): readonly FieldPath[] =>
  Object.keys(settingsOf(kind).options).map((name) => `solver.${name}` as FieldPath);

/** The setting that matters most for a kind; null for one without options. */
export function mainPath(kind: SolverId): FieldPath | null {
  const { main } = settingsOf(kind);
  return main === null ? null : (`solver.${main}` as FieldPath);
}

/** Whether a kind has that option. */
export const hasOption = (
  kind: SolverId,
  option: Extract<keyof Settings['solver'], string>,
): boolean => option in settingsOf(kind).options;

/** Whether an adjoint solve of a kind has that option. */
export const hasAdjointOption = (
  kind: SolverId,
  option: Extract<keyof Settings['backward'], string>,
): boolean => option in (settingsOf(kind).adjoint?.options ?? {});
