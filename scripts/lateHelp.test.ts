import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { helpText } from '../app/ui/fields/help/help.ts';
import { fields } from '../src/schema/fields.ts';
import { defaultPreset, presets } from '../src/schema/presets.ts';
import type { Field } from '../src/schema/field.ts';
import { claimsIn, helpIn, withClaims, withHelp } from './lateHelp.mjs';

const none = { general: [], families: [] };

it('takes every text out of a table of settings, and helpText puts it back', () => {
  const read = (file: string) => readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8');
  const text = read('schema/trainFields.ts');
  const written = helpIn(text);
  // One that is put together from parts stays where it is, in the first chunk.
  expect(written).toHaveLength(text.match(/\bhelp:/g)?.length ?? 0);
  const left = withHelp(text, (words) => `§${String(written.indexOf(words))}`);
  const [first = ''] = written;
  expect(left).toContain("help: '§0',");
  expect(left).not.toContain(first);
  const words = written.map((literal) => literal.slice(1, -1));
  const settings: readonly Field[] = Object.values(fields.train);
  expect(
    settings.map((_, at) => helpText(`§${String(at)}`, { general: words, families: [] })),
  ).toEqual(expect.arrayContaining(settings.map(({ help }) => helpText(help, none))));
});

it('takes the claims out of a table of presets', () => {
  for (const family of ['multiscale', 'language']) {
    const file = new URL(`../src/families/${family}/presets.ts`, import.meta.url);
    const text = readFileSync(file, 'utf8');
    const written = claimsIn(text, file.pathname);
    // The page begins with the first one of texts.
    const kept = family === 'language' ? 1 : 0;
    expect(written).toHaveLength((text.match(/\bclaim:/g)?.length ?? 0) - kept);
    const left = withClaims(text, file.pathname, (words) => `‡${String(written.indexOf(words))}`);
    expect(left).toContain("claim: '‡0',");
    for (const claim of written) expect(left).not.toContain(claim);
    expect(left.includes(presets[defaultPreset].claim)).toBe(kept === 1);
  }
});

it('says nothing until the words are there', () => {
  expect(helpText('§3', none)).toBe('');
  expect(helpText('‡3', none)).toBe('');
  expect(helpText('‡1', { general: ['a', 'b'], families: ['c', 'd'] })).toBe('d');
});
