import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown, type Plugin } from 'rolldown';
import { beforeAll, expect, it } from 'vitest';
import { familyRules } from '../src/families/rules.ts';
import { familyIds, familySettings } from '../src/families/settings.ts';
import * as fields from '../src/schema/fields.ts';
import * as hide from '../src/schema/hideParts.ts';
import * as maps from '../src/schema/maps.ts';
import * as owners from '../src/schema/owners.ts';
import * as pictures from '../src/schema/pictures.ts';
import * as presets from '../src/schema/presets.ts';
import * as weights from '../src/schema/weights.ts';
import { lateTables } from './lateTables.mjs';
import { root } from './root.mjs';

const all = { ...fields, ...hide, ...maps, ...owners, ...pictures, ...presets, ...weights };

interface Built {
  /** What modules export that are made of the families' tables, as a build begins with it. */
  readonly begun: typeof all & {
    readonly familyRules: typeof familyRules;
    readonly familySettings: typeof familySettings;
  };
  /** Imports what completes the family that it begins with. */
  readonly completeFirst: () => Promise<unknown>;
  /** Imports what completes all. */
  readonly complete: () => Promise<unknown>;
}

let built: Built;

/** The modules as a build of the page has them, without what comes later of words. */
beforeAll(async () => {
  const path = (file: string) => JSON.stringify(join(root, file).replaceAll('\\', '/'));
  const names = ['fields', 'hideParts', 'maps', 'owners', 'pictures', 'presets', 'weights'];
  const entry = [
    ...names.map((name) => `export * from ${path(`src/schema/${name}.ts`)};`),
    `export * from ${path('src/families/rules.ts')};`,
    `export { familySettings } from ${path('src/families/settings.ts')};`,
    `export const completeFirst = () => import(${path('src/families/first.ts')});`,
    `export const complete = () => import(${path('src/families/whole.ts')});`,
  ].join('\n');
  const bundle = await rolldown({
    input: 'entry',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : null),
        load: (id) => (id === '\0entry' ? entry : null),
      },
      lateTables({ name: 'no-help' }) as Plugin,
    ],
  });
  const { output } = await bundle.generate({ format: 'es', codeSplitting: false });
  const url = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`;
  const { completeFirst, complete, ...begun } = (await import(
    /* @vite-ignore */ url
  )) as Built['begun'] & Pick<Built, 'completeFirst' | 'complete'>;
  built = { begun, completeFirst, complete };
});

it('begins with one family, and with the choices and defaults of all', () => {
  const { begun } = built;
  const names = Object.keys(all.presets) as presets.PresetName[];
  expect(names.filter((name) => begun.isWhole(name))).toEqual([all.defaultPreset, 'pretrained']);
  expect(begun.fieldPaths).toEqual(all.fieldPaths);
  const nothing = () => undefined;
  expect(begun.composeSettings(nothing)).toEqual(all.composeSettings(nothing));
  expect(begun.fields.problem).toEqual(all.fields.problem);
  expect(begun.fields.solver).toEqual(all.fields.solver);
  expect(begun.familySectionNames).toEqual(all.familySectionNames);
  const titles = (of: typeof all) =>
    Object.entries(of.presets).map(([id, { title }]) => [id, title]);
  expect(titles(begun)).toEqual(titles(all));
  // The rest is what comes later: otherwise nothing is gained.
  expect(begun.findField('inverse.tau')).toEqual({ default: 0.5 });
  expect(begun.findField('train.steps')).toEqual({ default: 2000 });
});

it('what is made of the tables once is made right before the other families are there', () => {
  const { begun } = built;
  expect(begun.weightsPaths).toEqual(all.weightsPaths);
  expect(begun.solveOnlyPaths).toEqual(all.solveOnlyPaths);
  expect(begun.picturePaths).toEqual(all.picturePaths);
  const parts = all.fieldPaths.join();
  expect(begun.readParts(parts, 'solve')).toEqual(all.readParts(parts, 'solve'));
  for (const id of familyIds) {
    expect(begun.mapsOf(id)).toEqual(all.mapsOf(id));
    for (const view of ['solve', 'train'] as const)
      expect(begun.firstPreset(id, view)).toBe(all.firstPreset(id, view));
    for (const path of all.fieldPaths) {
      expect(begun.isOfFamily(path, id)).toBe(all.isOfFamily(path, id));
      expect(begun.ownerOf(path)).toBe(all.ownerOf(path));
    }
  }
  const settings = all.composeSettings(() => undefined);
  for (const path of all.fieldPaths)
    for (const map of Object.keys(all.iterationMaps) as fields.MapName[]) {
      const { solver } = settings;
      const other = { ...settings, solver: { ...solver, map } };
      expect(begun.isIdleOption(path, other)).toBe(all.isIdleOption(path, other));
    }
});

/** What the files of a view say, those of its folders included. */
const textsOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<![.]test)[.]tsx?$/.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));

it('Learn and the tour need no family but the first, and have all they name with it', async () => {
  const { begun, completeFirst } = built;
  const texts = ['app/views/learn', 'app/views/tour'].flatMap(textsOf);
  expect(texts.filter((text) => /families\/whole[.]ts/.test(text))).toEqual([]);
  await completeFirst();
  const names = Object.keys(all.presets) as presets.PresetName[];
  const named = names.filter((name) => texts.some((text) => text.includes(`'${name}'`)));
  expect(named).toContain('memory');
  expect(named.filter((name) => !begun.isWhole(name))).toEqual([]);
  expect(begun.fields.train).toEqual(all.fields.train);
  expect(begun.isWhole('inverse-denoise')).toBe(false);
});

it('is completed in place', async () => {
  const { begun, complete } = built;
  const tau = begun.findField('inverse.tau');
  await complete();
  expect(begun.findField('inverse.tau')).toBe(tau);
  const plain = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (_, one: unknown) =>
        typeof one === 'function' ? String(one.length) : one,
      ),
    );
  expect(plain(begun.familySettings)).toEqual(plain(familySettings));
  expect(plain(begun.familyRules)).toEqual(plain(familyRules));
  expect(begun.fields).toEqual(all.fields);
  expect(begun.presets).toEqual(all.presets);
  expect(begun.iterationMaps).toEqual(all.iterationMaps);
  const names = Object.keys(all.presets) as presets.PresetName[];
  expect(names.filter((name) => !begun.isWhole(name))).toEqual([]);
});
