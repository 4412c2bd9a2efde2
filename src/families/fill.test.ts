import { expect, it } from 'vitest';
import { fill } from './fill.ts';

it('completes a table and those within it, which stay the same objects', () => {
  const noise = { default: 0.3 };
  const begun = { title: 'Inverse problem', model: { inverse: { noise } }, shared: ['a'] };
  const whole = {
    title: 'Inverse problem',
    model: { inverse: { noise: { default: 0.3, label: 'Noise' }, tau: { default: 1 } } },
    shared: ['a', 'b'],
    layer: 'inverse.tie',
  };
  fill(begun, whole);
  expect(begun).toEqual(whole);
  expect(begun.model.inverse.noise).toBe(noise);
});
