import type { FieldPath, ValueAt } from './fields.ts';

/** A set-up worth opening, and what it shows. */
export interface Preset {
  readonly title: string;
  /** One sentence the visitor can check by running it. */
  readonly claim: string;
  /** Only what differs from the defaults of the table. */
  readonly settings: { readonly [P in FieldPath]?: ValueAt<P> };
}

/** Presets by the names they have in links. */
export type PresetTable = Readonly<Record<string, Preset>>;
