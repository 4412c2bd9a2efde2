import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryExperiment } from '../../test/arbitraryExperiment.ts';
import { presetExperiment, settingAt } from './experiment.ts';
import { decodeLink, encodeLink, lessonOfLink, viewOfLink } from './link.ts';
import { mendLink } from './linkRepair.ts';

const sent = '#/train?v=1&p=contraction&cell.gain=0.85&cell.width=64';

test.each<[string, string]>([
  ['escaped for HTML', sent.replaceAll('&', '&amp;')],
  ['escaped twice', sent.replaceAll('&', '&amp;amp;')],
  ['escaped by number', sent.replaceAll('&', '&#38;')],
  ['encoded as a whole', `#${encodeURIComponent(sent.slice(1))}`],
  ['quoted-printable', sent.replaceAll('=', '=3D')],
  ['in brackets', `${sent})`],
  ['at the end of a sentence', `${sent}.`],
  ['in brackets at the end of one', `${sent}).`],
  ['in quotation marks', `${sent}%22`],
  ['in typographic ones', `${sent}%E2%80%9D`],
  ['in angle brackets', `${sent}%3E`],
  ['in bold', `${sent}**`],
  ['with words behind it', `${sent}%20and%20then%20press%20Run`],
])('a link %s is opened and said to be mended', async (_, fragment) => {
  const { experiment, adjustments } = await decodeLink(fragment);
  expect(settingAt(experiment, 'cell.gain')).toBe(0.85);
  expect(settingAt(experiment, 'cell.width')).toBe(64);
  expect(experiment.preset).toBe('contraction');
  expect(adjustments).toHaveLength(1);
  expect(viewOfLink(fragment)).toBe('train');
});

test('a wrapped line, a packed link and a lesson are mended, too', async () => {
  const long = await encodeLink({ ...presetExperiment('contraction') }, { text: 'Some text.' });
  expect((await decodeLink(`${long}).`)).text).toBe('Some text.');
  expect((await decodeLink(`${long.slice(0, 40)}%0A${long.slice(40)}`)).text).toBe('Some text.');
  expect(lessonOfLink('#/solve?v=1&amp;lesson=memory.')).toBe('memory');
});

test('a text keeps its own full stop and its own brackets', async () => {
  const text = async (end: string): Promise<string> =>
    (await decodeLink(`#/solve?v=1&p=contraction&input.text=a+(b${end}`)).experiment.input.text;
  expect(await text(').')).toBe('a (b).');
  expect(await text(')).')).toBe('a (b)');
});

test('a link as it was written is left alone', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryExperiment, async (experiment) => {
      const link = await encodeLink(experiment);
      expect(mendLink(link)).toEqual({ fragment: link, adjustments: [] });
    }),
    { numRuns: 50 },
  );
});
