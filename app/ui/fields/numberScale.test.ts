import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/schema/field.ts';
import { fields } from '../../../src/schema/fields.ts';
import { numberScale } from './numberScale.ts';

const numbers = Object.values(fields)
  .flatMap((group) => Object.values<Field>(group))
  .filter((field) => field.control === 'number');

describe('numberScale', () => {
  it.each(numbers.map((field) => [field.label, field] as const))(
    '%s: positions and values are each other’s inverse, from end to end',
    (_, field) => {
      const scale = numberScale(field);
      expect(scale.toValue(0)).toBe(field.min);
      expect(scale.toValue(scale.last)).toBe(field.max);
      const stride = Math.max(1, Math.floor(scale.last / 50));
      for (let position = 0; position <= scale.last; position += stride) {
        expect(scale.toPosition(scale.toValue(position))).toBe(position);
      }
    },
  );

  it('picks 1, 2, 5 in every decade and shows them as people write them', () => {
    const scale = numberScale(fields.solver.tolerance);
    const position = scale.toPosition(1e-4);
    expect([0, 1, 2, 3].map((i) => scale.show(scale.toValue(position + i)))).toEqual([
      '1e-4',
      '2e-4',
      '5e-4',
      '1e-3',
    ]);
    expect(scale.toPosition(1.1e-4)).toBe(position);
  });
});
