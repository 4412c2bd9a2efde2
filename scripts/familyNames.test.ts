import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { familyIds, familyOf } from '../src/families/settings.ts';
import type { Field } from '../src/schema/field.ts';
import { root } from './root.mjs';

/**
 * Whoever asks which family or which cell it is asks a row of a table. What may name one: families themselves,
 * what is written about a preset or a setting (the gallery, Learn, explanations), recordings and tests.
 */
const free =
  /^(src|app)\/families\/|^app\/(traces|views\/(gallery|learn|about)|ui\/fields\/explain)\/|[.]test[.]tsx?$/;
/** `tanh` is an activation there, and the public face gives the language model by name. */
const others = /^src\/ops\/|^src\/index[.]ts$/;

/** The values of the choices among a family's layers. */
const layersOf = (path: string | undefined): readonly string[] => {
  const [section = '', key = ''] = path?.split('.') ?? [];
  const groups = familyIds.map(
    (id): Readonly<Record<string, Readonly<Record<string, Field>>>> => familyOf(id).model,
  );
  const field = groups.map((group) => group[section]?.[key]).find((one) => one !== undefined);
  return field?.control === 'choice' ? field.options.map(({ value }) => value) : [];
};
const names = familyIds.flatMap((id) => [id, ...layersOf(familyOf(id).layer)]);
const sections = familyIds.flatMap((id) => Object.keys(familyOf(id).model));

/** Ways to name one: a quoted family or layer, a path of its settings, its section, its folder. */
const namings = [
  new RegExp(`['"\`](${names.join('|')})['"\`]`),
  new RegExp(`['"\`](${sections.join('|')})[.]\\w`),
  new RegExp(`(settings|experiment|applied)[.](${sections.join('|')})\\b`),
  new RegExp(`families/(${familyIds.join('|')})/(?!trainingText)`),
];

/** The text without its comments, which may well say `cell.width`. */
const code = (text: string): string => text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');

const found = (path: string, text: string): string[] =>
  free.test(path) || others.test(path)
    ? []
    : code(text)
        .split('\n')
        .filter((line) => namings.some((naming) => naming.test(line)))
        .map((line) => `${path}: ${line.trim()}`);

test('outside the families no file names a family or one of its layers', () => {
  const files = ['src', 'app'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .map((name) => relative(root, join(root, top, name)).replaceAll('\\', '/'))
      .filter((name) => /[.]tsx?$/.test(name)),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((path) => found(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
});

test('one that does is found', () => {
  for (const line of [
    "if (cell.kind !== 'tanh') return 1;",
    "const width = settingAt(settings, 'cell.width');",
    'const { kind } = experiment.cell;',
    "import { x } from '../families/language/problem.ts';",
    "if (problem.family === 'language') return 2;",
  ])
    expect(found('src/engine/build.ts', line)).toHaveLength(1);
});
