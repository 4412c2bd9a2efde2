import { expect, test } from 'vitest';
import { defaultExperiment } from './experiment.ts';
import { lessons } from './lessons.ts';
import { decodeLink, encodeLink, lessonOfLink, parseLink, viewOfLink } from './link.ts';

test('a link may open the Solve view at an iteration', async () => {
  const link = await encodeLink(defaultExperiment, { iteration: 13, hidden: ['train'] });
  expect(link).toBe('#/solve?v=1&p=char-transformer&k=13&hide=train');
  expect(await decodeLink(link)).toMatchObject({ iteration: 13, adjustments: [] });
  expect(await encodeLink(defaultExperiment, { iteration: 0 })).toMatch(/&k=0$/);
  expect(await encodeLink(defaultExperiment, { iteration: 3, view: 'train' })).not.toContain('k=');
  expect(await decodeLink(`#/solve?k=${'9'.repeat(400)}`)).toMatchObject({
    iteration: Number.MAX_SAFE_INTEGER,
    adjustments: [],
  });
});

test.each(['', '-1', '2.5', '1e3', '0x10', ' 3', 'NaN', 'k'])(
  '“k=%s” is no iteration, and the page says so',
  async (raw) => {
    const link = await decodeLink(`#/solve?k=${raw}`);
    expect(link).not.toHaveProperty('iteration');
    expect(link.adjustments).toEqual([
      `“k” must be the number of an iteration, 0 or more, not “${raw}”; it was left out.`,
    ]);
  },
);

test('“k” belongs to the Solve view', async () => {
  expect(await decodeLink('#/train?k=3')).toEqual({
    experiment: defaultExperiment,
    adjustments: ['“k” is an iteration of the Solve view, so it was left out here.'],
  });
});

test('a page that is not there is said, in any way it is written', async () => {
  for (const link of ['#/nowhere', '/nowhere?v=1', '#/nowhere?v=1&p=contraction'])
    expect((await decodeLink(link)).adjustments, link).toEqual([
      'There is no page “nowhere”; the Solve view is shown.',
    ]);
  for (const link of ['#/train', '#/learn/memory', '#/solve?v=1', 'v=1', '#/', ''])
    expect((await decodeLink(link)).adjustments, link).toEqual([]);
});

test.each(lessons)('“lesson=%s” is another name of its route', async (lesson) => {
  const made = await encodeLink(defaultExperiment, { view: 'learn', lesson });
  expect(made).toBe(`#/learn/${lesson}?v=1&p=char-transformer`);
  const aliases = [`#/solve?v=1&lesson=${lesson}`, `?lesson=${lesson}&v=1`, `lesson=${lesson}`];
  for (const link of [made, ...aliases]) {
    expect([viewOfLink(link), lessonOfLink(link)]).toEqual(['learn', lesson]);
    expect((await decodeLink(link)).adjustments).toEqual([]);
  }
});

test('a link’s route wins over its “lesson”, and a name that is none is reported', async () => {
  expect(lessonOfLink('#/learn/memory?lesson=solvers')).toBe('memory');
  for (const [link, view] of [
    ['#/train?lesson=tea', 'train'],
    ['#/learn/tea?v=1', 'learn'],
  ] as const) {
    expect([viewOfLink(link), lessonOfLink(link)]).toEqual([view, 'fixed-points']);
    expect((await decodeLink(link)).adjustments).toEqual([
      'There is no lesson “tea”; the lessons are fixed-points, solvers, gradient, memory, failure, training.',
    ]);
  }
  expect((await decodeLink('#/solve?lesson=')).adjustments[0]).toMatch(/^There is no lesson “”/);
});

test('a parsed link says where it leads', async () => {
  const { experiment } = await decodeLink('');
  const nowhere = { experiment, adjustments: [], view: 'solve', lesson: 'fixed-points' };
  expect(await parseLink('')).toEqual(nowhere);
  expect(await parseLink('#/learn/memory?v=1')).toEqual({
    ...nowhere,
    view: 'learn',
    lesson: 'memory',
  });
  expect(await parseLink('#/train?lesson=memory')).toMatchObject({ view: 'learn' });
});
