import { findField, type FieldPath } from './fields.ts';
import { holdsOwnPicture } from './pictures.ts';

/** A power of ten, as axes and tolerances are written: `1e-4`, `2.5e-4`; 1 and 10 stay plain. */
export function formatPower(value: number): string {
  if (value === 0 || (value >= 1 && value < 1000)) return String(Number(value.toPrecision(3)));
  const [digits = '', exponent = ''] = value.toExponential(2).split('e');
  return `${String(Number(digits))}e${exponent.replace('+', '')}`;
}

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
  if (holdsOwnPicture(path, value)) return 'one’s own';
  const characters = Array.from(value);
  return characters.length > 24 ? `“${characters.slice(0, 23).join('')}…”` : `“${value}”`;
}
