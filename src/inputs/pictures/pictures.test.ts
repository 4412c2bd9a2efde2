import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packText } from '../../schema/compression.ts';
import type { Picture, PictureSize } from './picture.ts';
import { builtInCode, decodePicture, encodePicture, isOwnPicture } from './pictureCode.ts';
import { longestPicture } from './marks.ts';
import { keptPictureName } from './keptPictureName.ts';
import { readPictureHeader } from './pictureHeader.ts';
import { cropWithin, isTransparent, middleOf, pictureOf, rasterOf, type Raster } from './scale.ts';

const pictures = fc
  .record({
    size: fc.constantFrom<PictureSize>(32, 64),
    channels: fc.constantFrom<1 | 3>(1, 3),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
  })
  .map(({ size, channels, seed }): Picture => {
    let state = seed;
    const pixels = Uint8Array.from({ length: size * size * channels }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state >>> 24;
    });
    return { size, channels, pixels };
  });

test('any picture comes back from its text, number by number', () => {
  fc.assert(
    fc.property(pictures, (picture) => {
      const code = encodePicture(picture);
      expect(code.length).toBeLessThanOrEqual(longestPicture);
      expect(isOwnPicture(code)).toBe(true);
      expect(JSON.stringify(code)).toHaveLength(code.length + 2);
      expect(decodePicture(code)).toEqual({ picture });
    }),
    { numRuns: 25 },
  );
});

/** Waves and a bright disc, with grain: about as much to keep as a photograph has. */
function scene(size: PictureSize, channels: 1 | 3): Picture {
  let state = 7;
  const grain = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 24) / 32 - 4;
  };
  const pixels = Uint8Array.from({ length: size * size * channels }, (_, j) => {
    const [k, i] = [j % channels, Math.floor(j / channels)];
    const [y, x] = [Math.floor(i / size) / size, (i % size) / size];
    const disc = Math.hypot(x - 0.6, y - 0.4) < 0.25 ? 70 : 0;
    return Math.min(255, Math.max(0, 90 + 60 * Math.sin(7 * x + 5 * y + k / 2) + disc + grain()));
  });
  return { size, channels, pixels };
}

test('a small or grey picture fits into a link', async () => {
  const lengths = async (size: PictureSize, channels: 1 | 3): Promise<number> =>
    (await packText(encodePicture(scene(size, channels)))).length;
  expect(await lengths(32, 1)).toBeLessThan(1200);
  expect(await lengths(32, 3)).toBeLessThan(3600);
  expect(await lengths(64, 1)).toBeLessThan(4800);
});

test('what is no picture is said in words, and never thrown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const { problem, picture, builtIn } = decodePicture(text);
      expect([problem, picture, builtIn].filter((one) => one !== undefined)).toHaveLength(1);
    }),
  );
  const code = encodePicture(scene(32, 3));
  expect(decodePicture(code.slice(0, -1)).problem).toContain('cut off');
  expect(decodePicture(`${code.slice(0, -1)}"`).problem).toContain('damaged');
  expect(decodePicture(keptPictureName(code)).problem).toContain('kept it');
});

test('the same picture has the same name, another one another', () => {
  const [a, b] = [encodePicture(scene(32, 1)), encodePicture(scene(32, 3))];
  expect(keptPictureName(a)).toBe(keptPictureName(a));
  expect(keptPictureName(a)).not.toBe(keptPictureName(b));
  expect(keptPictureName(a)).toMatch(/^kept-[0-9a-z]+$/);
});

test('pictures of the page are named, with what is made of them', () => {
  for (const size of [32, 64] as const)
    for (const channels of [1, 3] as const)
      expect(decodePicture(builtInCode('balloon', size, channels)).builtIn).toEqual({
        ...{ name: 'balloon', size, channels },
      });
});

const raster = (
  width: number,
  height: number,
  at: (x: number, y: number) => readonly [number, number, number, number?],
): Raster => ({
  ...{ width, height },
  data: Uint8ClampedArray.from({ length: 4 * width * height }, (_, j) => {
    const i = Math.floor(j / 4);
    return at(i % width, Math.floor(i / width))[j % 4] ?? 255;
  }),
});

test('scaling takes the mean of light, not of numbers: a fine chequered board is lighter than half of 255', () => {
  const board = raster(128, 128, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
  const { pixels } = pictureOf(board, middleOf(board), { size: 64, channels: 1 });
  // Half of the light is 188 in sRGB.
  expect([...new Set(pixels)]).toEqual([188]);
});

test('edges within pixels count by their share, and the crop stays within the picture', () => {
  const halves = raster(48, 40, (x) => (x < 24 ? [255, 0, 0] : [0, 0, 255]));
  const crop = cropWithin(halves, { left: 100, top: -5, side: 400 });
  expect(crop).toEqual({ left: 8, top: 0, side: 40 });
  const { pixels, size } = pictureOf(halves, crop, { size: 32, channels: 3 });
  // 16 of the crop's 40 columns are red: 12.8 of 32.
  const row = Array.from({ length: size }, (_, i) => Array.from(pixels.subarray(3 * i, 3 * i + 3)));
  expect(row[11]).toEqual([255, 0, 0]);
  expect(row[13]).toEqual([0, 0, 255]);
  const [red = 0, , blue = 0] = row[12] ?? [];
  expect(red).toBeGreaterThan(220);
  expect(blue).toBeGreaterThan(100);
  expect(blue).toBeLessThan(red);
});

test('transparent is white, and a picture is its own raster', () => {
  const clear = raster(64, 64, (x) => [0, 0, 0, x < 32 ? 0 : 255]);
  expect(isTransparent(clear)).toBe(true);
  const picture = pictureOf(clear, middleOf(clear), { size: 32, channels: 3 });
  expect(picture.pixels[0]).toBe(255);
  expect(picture.pixels.at(-1)).toBe(0);
  const again = pictureOf(rasterOf(scene(64, 3)), { left: 0, top: 0, side: 64 }, scene(64, 3));
  expect(again).toEqual(scene(64, 3));
  expect(isTransparent(rasterOf(picture))).toBe(false);
});

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? Array.from(part, (one) => one.charCodeAt(0)) : part,
    ),
  );

test('heads of files say how large they would be', () => {
  const png = bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 39, 16, 0, 0, 39, 17, 8, 6]);
  expect(readPictureHeader(png)).toEqual({
    ...{ kind: 'PNG', width: 10_000, height: 10_001, animated: false },
  });
  // A segment with a profile, then the frame.
  const jpeg = bytes(
    [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 17, 8],
    [0, 9, 1, 0, 3, 0, 0],
  );
  expect(readPictureHeader(jpeg)).toEqual({ kind: 'JPEG', width: 256, height: 9 });
  const gif = bytes(
    'GIF89a',
    [64, 0, 32, 0, 0, 0, 0],
    [0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    [1],
    [0x21, 0xf9, 4, 0, 0, 0, 0, 0],
  );
  expect(readPictureHeader(gif)).toEqual({ kind: 'GIF', width: 64, height: 32, animated: true });
  const avif = bytes(
    [0, 0, 0, 24],
    'ftypavif',
    [0, 0, 0, 0],
    'ispe',
    [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0],
  );
  expect(readPictureHeader(avif)).toMatchObject({ kind: 'AVIF', width: 512, height: 256 });
  expect(readPictureHeader(bytes('<svg xmlns='))).toEqual({});
  expect(readPictureHeader(new Uint8Array(0))).toEqual({});
  expect(readPictureHeader(png.slice(0, 18))).toEqual({});
});
