/** Operations on pictures against their definitions, and what is refused. */
import { beforeAll, expect, test } from 'vitest';
import { describeOn } from '../../test/describeOn.ts';
import { pictureOpsSuite } from '../../test/pictureOps.ts';
import { wave } from '../../test/wave.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import * as tf from '../tf/index.ts';
import { convolution, convolutionTransposed, type ConvolutionOptions } from './convolution.ts';
import { groupNorm } from './groupNorm.ts';

beforeAll(wasmInNode);

describeOn('cpu', false, 'operations on pictures', () => {
  pictureOpsSuite();

  test.each<[number[], number[], ConvolutionOptions, string]>([
    [[1, 1, 2, 4], [1, 1, 3, 3], { edge: 'circular' }, "no longer than the picture's"],
    [[1, 1, 4, 4], [1, 1, 2, 3], { edge: 'circular' }, 'must be odd'],
    [[1, 1, 4, 4], [1, 1, 2, 2], {}, 'must be odd, or a padding given'],
    [[1, 1, 4, 4], [1, 1, 3, 3], { padding: 3 }, 'below its sides, not 3'],
    [[1, 1, 2, 2], [1, 1, 3, 3], { padding: 0 }, 'no place for it'],
  ])('%o with a kernel of %o and %o is refused in words', (picture, kernel, options, words) => {
    const run = (): tf.Tensor => convolution(wave(picture, 1), wave(kernel, 1), options);
    expect(() => tf.tidy(run)).toThrow(words);
  });

  test('so are a size that no such picture has, and groups that do not divide the channels', () => {
    const back = (): tf.Tensor =>
      convolutionTransposed(wave([1, 1, 2, 2], 1), wave([1, 1, 3, 3], 1), {
        stride: 2,
        size: [6, 4],
      });
    expect(() => tf.tidy(back)).toThrow('has 3 × 2 places for this kernel, not 2 × 2');
    expect(() => tf.tidy(() => groupNorm(wave([1, 4, 2, 2], 1), 3))).toThrow(
      '3 groups do not divide 4 channels',
    );
  });
});

describeOn('wasm', false, 'operations on pictures', pictureOpsSuite);
