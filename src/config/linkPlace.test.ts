import { expect, test } from 'vitest';
import { defaultExperiment } from './experiment.ts';
import { decodeLink, encodeLink } from './link.ts';

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
