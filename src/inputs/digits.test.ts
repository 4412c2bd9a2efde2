import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { digitsFile, readDigits } from './digits.ts';

const file = (): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(`public/${digitsFile}`));

test('ten thousand digits in under a megabyte, a thousand of them held out, all classes in both', async () => {
  const bytes = file();
  expect(bytes.length).toBeLessThan(1e6);
  const digits = await readDigits(bytes);
  expect(digits.count).toBe(10_000);
  expect(digits.heldOut).toHaveLength(1000);
  expect(digits.training).toHaveLength(9000);
  const labels = (part: readonly number[]): number[] =>
    part.reduce<number[]>((counts, i) => {
      const label = digits.label(i);
      counts[label] = (counts[label] ?? 0) + 1;
      return counts;
    }, []);
  // The first ten thousand of MNIST's sixty thousand, class by class.
  const [learnt, held] = [labels(digits.training), labels(digits.heldOut)];
  expect(learnt.map((n, i) => n + (held[i] ?? NaN))).toEqual([
    1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978,
  ]);
  expect(Math.min(...held)).toBeGreaterThan(60);
  const ink = digits.pixels(0).reduce((sum, v) => sum + v, 0);
  expect(ink).toBeGreaterThan(20);
  expect(ink).toBeLessThan(300);
});

test('a damaged file is refused in words', async () => {
  const bytes = file();
  await expect(readDigits(bytes.slice(0, 5000))).rejects.toThrow('damaged or cut off');
  await expect(readDigits(new Uint8Array(0))).rejects.toThrow('damaged or cut off');
});
