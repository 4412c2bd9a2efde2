/** What takes the place of tfjs-wasm's own kernels gives the numbers it should. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import { initBackend } from './backend.ts';
import * as tf from './index.ts';

beforeAll(async () => {
  wasmInNode();
  await initBackend('wasm');
});
failOnLeaks();

/** A shape of one to five axes, and a part of it. */
const parts = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(), fc.nat()), {
    minLength: 1,
    maxLength: 5,
  })
  .map((axes) => ({
    shape: axes.map(([length]) => length),
    begin: axes.map(([length, first]) => first % length),
    size: axes.map(([length, first, count]) => 1 + (count % (length - (first % length)))),
  }));

test('a slice holds the numbers of its part, whatever the axes', async () => {
  await fc.assert(
    fc.asyncProperty(parts, async ({ shape, begin, size }) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const x = tf.tensor(
        Float32Array.from({ length }, (_, i) => i),
        shape,
      );
      const part = tf.slice(x, begin, size);
      const right = Array.from({ length }, (_, i) => i).filter((i) => {
        let rest = i;
        return shape.toReversed().every((count, back) => {
          const axis = shape.length - 1 - back;
          const at = rest % count;
          rest = Math.floor(rest / count);
          return at >= (begin[axis] ?? 0) && at < (begin[axis] ?? 0) + (size[axis] ?? 0);
        });
      });
      expect(part.shape).toEqual(size);
      expect(Array.from(await part.data())).toEqual(right);
      tf.dispose([x, part]);
    }),
  );
});

test('so do the pieces of a split, in the middle too', async () => {
  const x = tf.tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 3, 2]);
  const pieces = tf.split(x, [1, 2], 1);
  expect(pieces.map(({ shape }) => shape)).toEqual([
    [2, 1, 2],
    [2, 2, 2],
  ]);
  expect(Array.from((await pieces[0]?.data()) ?? [])).toEqual([1, 2, 7, 8]);
  expect(Array.from((await pieces[1]?.data()) ?? [])).toEqual([3, 4, 5, 6, 9, 10, 11, 12]);
  tf.dispose([x, pieces]);
});
