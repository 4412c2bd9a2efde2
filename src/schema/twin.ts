import { familyRules } from '../families/rules.ts';
import type { Settings } from './fields.ts';

/** What trains beside a set-up's network: its own layer unrolled, or a named variant of it that its family offers. */
export type Twin<S extends Settings> =
  | { readonly kind: 'unrolled'; readonly depth: number }
  | { readonly kind: 'variant'; readonly name: string; readonly settings: S };

/** The twin that a set-up asks for, whether or not it is trained; unrolled where its family offers no other. */
export function twinOf<S extends Settings>(settings: S): Twin<S> {
  const { twinKind, twinDepth } = settings.train;
  const variant =
    twinKind === 'unrolled'
      ? undefined
      : familyRules[settings.problem.family].twins?.[twinKind]?.(settings);
  return variant ? { kind: 'variant', ...variant } : { kind: 'unrolled', depth: twinDepth };
}

/** What the twin of a set-up is, in a few words: `12 layers`, `untied`. */
export function twinName(settings: Settings): string {
  const twin = twinOf(settings);
  return twin.kind === 'unrolled' ? `${String(twin.depth)} layers` : twin.name;
}
