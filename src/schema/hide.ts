/**
 * What a link leaves out of the page, for a lesson that wants few things in sight:
 *
 *     hide=train,preset,backward.*,solver.damping
 *
 * names a view, the choice of presets, a section of settings, or one setting.
 */
import type { FieldPath, Section } from './fields.ts';
import type { View } from './views.ts';

/** A part of the page that a link can leave out. */
export type HideablePart = View | 'preset' | `${Section}.*` | FieldPath;

/** Whether a setting is left out, by itself or with its section. */
export const isHidden = (hidden: readonly HideablePart[], path: FieldPath): boolean =>
  hidden.includes(path) || hidden.includes(partOf(path));

/** A setting's section, as a part. */
export const partOf = (path: FieldPath): `${Section}.*` =>
  `${path.slice(0, path.indexOf('.')) as Section}.*`;
