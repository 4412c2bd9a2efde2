import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kindSettings } from '../src/numerics/settings.ts';

/** Where a solver kind may go by its name, and why. */
const allowed: Readonly<Record<string, RegExp>> = {
  'the kinds themselves': /^src\/numerics\//,
  'which one a fresh page opens': /^src\/schema\/solverFields\.ts$/,
  'set-ups that are about one': /(^|\/)presets\.ts$|^app\/views\/(gallery|learn|tour)\//,
  'formulas and papers': /^app\/ui\/fields\/explain\//,
  'golden files, which hold traces of certain solvers': /^src\/engine\/check\/|golden/i,
  'references that others are measured against': /^src\/engine\/compareGradients\.ts$/,
};

const root = new URL('..', import.meta.url).pathname;

const files = ['src', 'app'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path)),
);

it('no other file names a solver kind', () => {
  const quoted = new RegExp(`['"\`](${kindSettings.map(({ id }) => id).join('|')})['"\`]`);
  const naming = files.filter((path) => quoted.test(readFileSync(join(root, path), 'utf8')));
  expect(naming.length).toBeGreaterThan(3);
  const reasons = Object.values(allowed);
  expect(naming.filter((path) => !reasons.some((reason) => reason.test(path)))).toEqual([]);
});
