/** Reads and writes what a link leaves out of the page: see `hide.ts`. */
import { fieldPaths, findField, type FieldPath, type Section } from './fields.ts';
import { partOf, type HideablePart } from './hide.ts';
import { isView, views, type View } from './views.ts';
import { quote } from './wording.ts';

const most = 8;

const sections = [
  ...new Set(fieldPaths.map((path) => path.slice(0, path.indexOf('.')) as Section)),
];

/** Every part, in the order links name them: views, presets, sections, settings. */
const parts: readonly HideablePart[] = [
  ...views,
  'preset',
  ...sections.map((section) => `${section}.*` as const),
  ...fieldPaths,
];

/** The parts once each and in order, without what another of them covers and without the open view. */
export function tidyParts(hidden: readonly HideablePart[], open: View): readonly HideablePart[] {
  const named = new Set(hidden);
  return parts.filter((part) => {
    if (!named.has(part) || part === open) return false;
    return !findField(part) || !named.has(partOf(part as FieldPath));
  });
}

/** What a link's `hide` names, and a sentence for what it cannot hide. Never throws. */
export function readParts(
  raw: string | null,
  open: View,
): { readonly hidden: readonly HideablePart[]; readonly adjustments: readonly string[] } {
  const names = (raw ?? '').split(',').map((name) => name.trim());
  const given = [...new Set(names)].filter((name) => name !== '');
  const known = given.filter(isPart);
  const adjustments: string[] = [];
  const unknown = given.filter((name) => !isPart(name));
  if (unknown.length > 0) {
    const more = unknown.length > most ? ` and ${String(unknown.length - most)} more` : '';
    const shown = unknown.slice(0, most).map(quote).join(', ');
    adjustments.push(`Not hidden, as there is no such view or setting: ${shown}${more}.`);
  }
  if (given.includes(open)) {
    adjustments.push('This link hides the very view it opens; the view is shown all the same.');
  }
  return { hidden: tidyParts(known, open), adjustments };
}

const isPart = (name: string): name is HideablePart =>
  isView(name) || (parts as readonly string[]).includes(name);
