import { expect, it } from 'vitest';
import { fields } from '../../../src/schema/fields.ts';
import { fitting } from './useFitting.ts';

const labels = (shape: readonly number[], method: string) => {
  const { field, note } = fitting(fields.solver.method, shape, method);
  return { note, of: new Map(field.options.map(({ value, label }) => [value, label])) };
};

it('a method that the state is too large for says so, and why once it is chosen', () => {
  const large = labels([1, 34, 32], 'newton');
  // There is no room for more in a narrow control.
  expect(large.of.get('newton')).toBe('Newton');
  expect(labels([1, 34, 32], 'picard').of.get('newton')).toBe('Newton (too large here)');
  expect(large.of.get('newton-gmres')).toBe('Newton–GMRES');
  expect(large.note).toMatch(/1088 numbers is too large for Newton, which takes at most 512\. .+/);
  expect(labels([1, 34, 32], 'picard').note).toBeUndefined();
});

it('it is each sample’s state that counts, unless the method holds the batch', () => {
  const batch = labels([34, 32], 'newton');
  expect(batch.of.get('newton')).toBe('Newton');
  expect(batch.note).toBeUndefined();
  expect(batch.of.get('broyden-dense')).toContain('(too large here)');
  expect(labels([2, 32], 'broyden-dense').of.get('broyden-dense')).not.toContain('too large');
});

it('other settings are as they are', () => {
  const { window } = fields.solver;
  expect(fitting(window, [1, 4000], 6)).toEqual({ field: window });
});
