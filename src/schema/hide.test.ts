import { expect, test } from 'vitest';
import { changeSetting, defaultExperiment } from './experiment.ts';
import { isHidden } from './hide.ts';
import { tidyParts } from './hideParts.ts';
import { decodeLink, encodeLink } from './link.ts';

test('a link may leave out parts of the page, or open the picture alone', async () => {
  const hidden = ['backward.*', 'train', 'preset'] as const;
  const link = await encodeLink(defaultExperiment, { hidden, embed: true });
  expect(link).toBe('#/solve?v=1&p=char-transformer&embed=1&hide=train,preset,backward.*');
  expect(await decodeLink(link)).toEqual({
    experiment: defaultExperiment,
    adjustments: [],
    hidden: ['train', 'preset', 'backward.*'],
    embed: true,
  });
  const long = changeSetting(defaultExperiment, 'input.text', '🙂'.repeat(100)).experiment;
  const packed = await encodeLink(long, { hidden: ['cell.width'], view: 'train' });
  expect(packed).toMatch(/^#\/train\?v=1&p=char-transformer&hide=cell\.width&c=[\w-]+$/);
  expect(await decodeLink(packed)).toMatchObject({ experiment: long, hidden: ['cell.width'] });
});

test('a hidden section covers its settings, and no link hides the view it opens', async () => {
  expect(isHidden(['solver.*'], 'solver.damping')).toBe(true);
  expect(isHidden(['solver.damping'], 'solver.method')).toBe(false);
  expect(tidyParts(['solver.damping', 'solver.*', 'solve', 'train'], 'solve')).toEqual([
    'train',
    'solver.*',
  ]);
  expect(await encodeLink(defaultExperiment, { hidden: ['solve'] })).not.toContain('hide');
});
