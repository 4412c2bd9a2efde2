import type { Field } from '../../../src/schema/field.ts';

/** What every control is given. `value` always fits the field's type. */
export interface ControlProps<F extends Field, T> {
  readonly field: F;
  readonly id: string;
  readonly describedBy: string;
  readonly value: T;
  readonly onChange: (raw: unknown) => void;
}
