import { afterEach, beforeEach, expect } from 'vitest';
import * as tf from '../src/tf/index.ts';

/** Fail every test of this file that leaves a tensor behind. */
export function failOnLeaks(): void {
  let before = 0;
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors, 'tensors left behind').toBe(before);
  });
}
