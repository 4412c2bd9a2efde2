import type { Field, Reading, ValueOf } from './field.ts';
import { readValue } from './readValue.ts';
import { readTypedNumber } from './typedNumber.ts';

/** What was typed for a field, as `readValue` takes it: of a number the value, or why there is none. */
export function typedValue(field: Field, raw: string): unknown {
  if (field.control !== 'number') return raw;
  const typed = readTypedNumber(raw, field);
  return 'problem' in typed ? typed : typed.value;
}

/** `readValue`, with numbers in text in all ways that people write them, as links hold nothing else. */
export const readField = <F extends Field>(
  field: F,
  raw: unknown,
  fallback: ValueOf<F> = field.default as ValueOf<F>,
): Reading<ValueOf<F>> =>
  readValue(field, typeof raw === 'string' ? typedValue(field, raw) : raw, fallback);
