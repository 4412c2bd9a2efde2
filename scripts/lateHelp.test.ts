import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { helpText } from '../app/ui/fields/help/help.ts';
import { fields } from '../src/schema/fields.ts';
import type { Field } from '../src/schema/field.ts';
import { helpIn, withHelp } from './lateHelp.mjs';

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
  expect(settings.map((_, at) => helpText(`§${String(at)}`, words))).toEqual(
    expect.arrayContaining(settings.map(({ help }) => helpText(help, []))),
  );
});

it('says nothing until the words are there', () => {
  expect(helpText('§3', [])).toBe('');
});
