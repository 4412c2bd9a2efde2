import { expect, test } from 'vitest';
import { familyRules } from '../families/rules.ts';
import { familyIds, familyOf } from '../families/settings.ts';
import { changeSetting, defaultExperiment, differences } from './experiment.ts';
import { fieldPaths, findField, iterationMaps } from './fields.ts';
import { decodeLink, encodeLink } from './link.ts';
import { mapsOf, mapValues } from './maps.ts';
import { isOfFamily } from './owners.ts';
import { familyOfPreset, presets, type PresetName } from './presets.ts';
import { isRelevant } from './relevance.ts';

const open = (query: string) => decodeLink(`#/solve?v=1&${query}`);

test('a link that names no family is of the default one; one that names it too', async () => {
  const plain = await open('p=char-transformer&cell.width=16');
  expect(plain.experiment.problem.family).toBe('language');
  expect(await open('p=char-transformer&cell.width=16&problem.family=language')).toEqual(plain);
});

test('a family that is not there is said, and the preset’s opens', async () => {
  const { experiment, adjustments } = await open('p=trellisnet&problem.family=alchemy');
  expect(experiment.problem.family).toBe('language');
  expect(adjustments.join()).toMatch(/Model family.*alchemy/);
});

test('a link that names a family alone opens what that begins with, in its view', async () => {
  const named = async (view: string) =>
    (await decodeLink(`#/${view}?v=1&problem.family=monotone&solver.maxIterations=7`)).experiment;
  expect(await named('solve')).toMatchObject({
    ...{ preset: 'monotone-digit', problem: { family: 'monotone' } },
    solver: { map: 'peaceman-rachford', maxIterations: 7 },
  });
  expect((await named('train')).preset).toBe('train-digits');
  // One that names a preset has said what it means.
  const both = await open('p=char-transformer&problem.family=monotone');
  expect(both.experiment).toMatchObject({ preset: 'char-transformer', solver: { map: 'plain' } });
});

test('a map that the family lacks is said, and f itself is iterated', async () => {
  const { experiment, adjustments } = await open('p=char-transformer&solver.map=peaceman-rachford');
  expect(experiment.solver.map).toBe('plain');
  expect(adjustments).toHaveLength(1);
});

test('settings of another family are left out and said; the rest opens', async () => {
  for (const id of familyIds)
    for (const other of familyIds.filter((one) => one !== id)) {
      const preset = (Object.keys(presets) as PresetName[]).find(
        (one) => familyOfPreset(one) === id,
      );
      const path = fieldPaths.find(
        (one) =>
          isOfFamily(one, other) && !isOfFamily(one, id) && findField(one)?.control === 'number',
      );
      const field = path && findField(path);
      if (!preset || !path || field?.control !== 'number') continue;
      const { experiment, adjustments } = await open(
        `p=${preset}&${path}=${field.max}&solver.maxIterations=7`,
      );
      expect(experiment.problem.family).toBe(id);
      expect(experiment.solver.maxIterations).toBe(7);
      expect(adjustments).toEqual([expect.stringContaining(path)]);
      expect(adjustments[0]).toContain(familyOf(other).title);
    }
});

test('what another family was left with is no difference and travels in no link', async () => {
  for (const other of familyIds.filter((id) => id !== defaultExperiment.problem.family)) {
    const wide = changeSetting(defaultExperiment, 'cell.width', 48).experiment;
    const { experiment } = changeSetting(wide, 'problem.family', other);
    expect(differences(experiment)).toEqual(['problem.family']);
    expect(await encodeLink(experiment)).not.toContain('cell.width');
    // Back again, it is as it was left.
    expect(changeSetting(experiment, 'problem.family', 'language').experiment).toEqual(wide);
  }
});

test('a map’s options show with it alone, and are what it is opened with', () => {
  const flow = changeSetting(defaultExperiment, 'solver.map', 'rk4').experiment;
  expect(isRelevant('solver.flowStep', flow)).toBe(true);
  expect(isRelevant('solver.mapDamping', flow)).toBe(false);
  expect(isRelevant('solver.flowStep', defaultExperiment)).toBe(false);
  expect(mapValues(flow)).toEqual({ h: 0.5 });
  expect(mapValues(defaultExperiment)).toEqual({});
});

test('a learned start belongs to the families whose weights hold one', () => {
  const small = changeSetting(defaultExperiment, 'problem.family', 'steady').experiment;
  const learned = changeSetting(small, 'solver.start', 'learned').experiment;
  expect(learned.solver.start).toBe('learned');
  expect(isRelevant('train.skipWeight', learned)).toBe(true);
  expect(isRelevant('train.skipWeight', small)).toBe(false);
  const back = changeSetting(learned, 'problem.family', 'language');
  expect(back.experiment.solver.start).toBe('zeros');
  expect(back.adjustments).toEqual([
    'The language model has no learned start; solves start at zeros.',
  ]);
});

test('every path that a family’s row names is a setting, and no section has two owners', () => {
  const known = new Set<string>(fieldPaths);
  const sections: string[] = [];
  for (const id of familyIds) {
    const { model, inputs, cards, names, shared, weights, layer, maps, solveOnly } = familyOf(id);
    const own = Object.keys({ ...model, ...inputs, ...cards });
    expect(Object.keys(names).sort()).toEqual([...own].sort());
    sections.push(...own);
    const named = [
      ...shared,
      ...(solveOnly ?? []),
      ...(layer ? [layer] : []),
      ...(weights ? [weights.path] : []),
      ...(weights?.gain ? [weights.gain] : []),
      ...Object.values(maps).flatMap(({ options }) => Object.values(options)),
      ...Object.keys(familyRules[id].conditions),
      ...familyRules[id].shape,
    ];
    expect(named.filter((path) => !known.has(path))).toEqual([]);
    expect(mapsOf(id)[0]).toBe('plain');
    expect(mapsOf(id).filter((name) => !(name in iterationMaps))).toEqual([]);
  }
  expect(new Set(sections).size).toBe(sections.length);
});
