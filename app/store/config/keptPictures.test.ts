import { beforeEach, expect, test, vi } from 'vitest';
import { encodePicture } from '../../../src/inputs/pictures/pictureCode.ts';
import { keptPictureName } from '../../../src/inputs/pictures/keptPictureName.ts';
import { parseLink } from '../../../src/schema/link.ts';
import { keepPictures, keptPicture, withItsPictures } from './keptPictures.ts';

const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
});

const code = (grey: number): string =>
  encodePicture({ size: 32, channels: 1, pixels: new Uint8Array(32 * 32).fill(grey) });

test('a dozen pictures are found again by the name that stands in the address', () => {
  for (let grey = 0; grey < 14; grey++) keepPictures([code(grey)]);
  expect(keptPicture(keptPictureName(code(13)))).toBe(code(13));
  expect(keptPicture(keptPictureName(code(2)))).toBe(code(2));
  expect(keptPicture(keptPictureName(code(1)))).toBeUndefined();
  // Kept again, it is the newest.
  keepPictures([code(2)]);
  keepPictures([code(14)]);
  expect(keptPicture(keptPictureName(code(2)))).toBe(code(2));
  expect(keptPicture(keptPictureName(code(3)))).toBeUndefined();
});

test('what else may stand in the storage is no picture', () => {
  for (const text of ['no JSON', '{}', '[1, "text", null]']) {
    stored.set('deq-pictures', text);
    expect(keptPicture(keptPictureName(code(1)))).toBeUndefined();
  }
});

test('a link whose picture cannot be read says so and has one of the page’s', async () => {
  const opened = async (picture: string) => {
    const { experiment, adjustments } = withItsPictures(
      await parseLink(`#/solve?v=1&p=picture-waves&scene.picture=${picture}`),
    );
    return [experiment.scene.picture, adjustments.join(' ')];
  };
  const cutOff = code(3).slice(0, 400);
  expect(await opened('flower.32.grey')).toEqual(['flower.32.grey', '']);
  expect(await opened('dragon')).toEqual(['balloon', expect.stringContaining('named “dragon”')]);
  expect(await opened(encodeURIComponent(cutOff))).toEqual([
    'balloon',
    expect.stringContaining('damaged or was cut off'),
  ]);
  const kept = keptPictureName(code(4));
  expect(await opened(kept)).toEqual(['balloon', expect.stringContaining('not in this link')]);
  keepPictures([code(4)]);
  expect((await opened(kept))[0]).toBe(code(4));
});
