import { findField, type FieldPath } from '../../../src/schema/fields.ts';
import { formatPower } from '../../format.ts';

/** A setting's value as people write it, short enough for a line. */
export function valueWords(path: FieldPath, value: string | number | boolean): string {
  const field = findField(path);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') {
    return field?.control === 'number' && field.scale === 'log'
      ? formatPower(value)
      : String(value);
  }
  if (field?.control === 'choice') {
    return field.options.find((option) => option.value === value)?.label ?? value;
  }
  const characters = Array.from(value);
  return characters.length > 24 ? `“${characters.slice(0, 23).join('')}…”` : `“${value}”`;
}
