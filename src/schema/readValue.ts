import type {
  ChoiceField,
  Field,
  FlagField,
  NumberField,
  Reading,
  TextField,
  ValueOf,
} from './field.ts';
import { describe, quote } from './wording.ts';

/** A value that can't be repaired; the words say why and end without a full stop. */
interface Refusal {
  readonly refused: string;
}

/** A text that no number can be made out of, and why: a verb and what follows, no full stop. */
export interface NoNumber {
  readonly problem: string;
}

const isNoNumber = (raw: unknown): raw is NoNumber =>
  typeof raw === 'object' && raw !== null && 'problem' in raw;

/**
 * Whether a text is a number as JavaScript writes one, and can mean no other: three digits behind a point may be a group of
 * thousands. All else is for `readField`.
 */
export const isDecimal = (text: string): boolean =>
  /^[+-]?(?:\d+\.?|0*\.\d+|\d+\.(?:\d{1,2}|\d{4,}))(?:e[+-]?\d+)?$/i.test(text);

/**
 * Reads a value of unknown origin as a value of the field. Text is accepted for flags, and for numbers where it is a decimal;
 * `readField` takes numbers in all ways that people write them. What can be repaired (clamped, rounded, clipped) is;
 * anything else becomes `fallback`, which has to be a valid value itself.
 */
export function readValue<F extends Field>(
  field: F,
  raw: unknown,
  fallback: ValueOf<F> = field.default as ValueOf<F>,
): Reading<ValueOf<F>> {
  const reading = readControl(field, raw);
  if (!('refused' in reading)) return reading as Reading<ValueOf<F>>;
  return {
    value: fallback,
    adjustment: `${reading.refused}; set to ${showValue(field, fallback)}.`,
  };
}

function readControl(field: Field, raw: unknown): Reading<number | string | boolean> | Refusal {
  switch (field.control) {
    case 'number':
      return readNumber(field, raw);
    case 'choice':
      return readChoice(field, raw);
    case 'flag':
      return readFlag(field, raw);
    case 'text':
      return readText(field, raw);
  }
}

function readNumber(field: NumberField, raw: unknown): Reading<number> | Refusal {
  if (isNoNumber(raw)) return { refused: `${field.label} ${raw.problem}` };
  const given = typeof raw === 'string' && isDecimal(raw) ? Number(raw) : raw;
  if (typeof given !== 'number' || !Number.isFinite(given)) {
    return { refused: `${field.label} must be a number${insteadOf(raw)}` };
  }
  // Zero has one sign: a link cannot hold the other.
  const value = onGrid(field, Math.min(Math.max(given, field.min), field.max)) + 0;
  const set = (problem: string): Reading<number> => ({
    value,
    adjustment: `${field.label} ${written(given)} ${problem} ${written(value)}.`,
  });
  if (given > field.max) return set('is above the limit; set to');
  if (given < field.min) return set('is below the limit; set to');
  // What floating-point arithmetic leaves behind, as in 0.1 + 0.05, is not worth a word.
  return Math.abs(given - value) > field.step * 1e-6 ? set('was rounded to') : { value };
}

/** A number as sentences have it, with a true minus. */
const written = (value: number): string => (value < 0 ? `−${String(-value)}` : String(value));

/** The grid point nearest to a value within bounds, as the decimal a person would write. */
function onGrid({ min, max, step }: NumberField, value: number): number {
  if (step === 0) return value;
  const last = Math.floor((max - min) / step + 1e-6);
  const index = Math.min(Math.round((value - min) / step), last);
  const digits = Math.max(fractionDigits(min), fractionDigits(step));
  return Number((min + index * step).toFixed(digits));
}

/** Digits after the point in the shortest decimal of a number. */
function fractionDigits(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const digits = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent);
  return Math.min(Math.max(digits, 0), 100);
}

function readChoice(field: ChoiceField, raw: unknown): Reading<string> | Refusal {
  const given = typeof raw === 'number' ? String(raw) : raw;
  const option = field.options.find(({ value }) => value === given);
  if (option) return { value: option.value };
  const shown = describe(raw) ?? 'of that kind';
  return { refused: `${quote(field.label)} has no option ${shown}` };
}

function readFlag(field: FlagField, raw: unknown): Reading<boolean> | Refusal {
  if (raw === true || raw === 'true' || raw === '1') return { value: true };
  if (raw === false || raw === 'false' || raw === '0') return { value: false };
  return { refused: `${quote(field.label)} must be on or off${insteadOf(raw)}` };
}

function readText(field: TextField, raw: unknown): Reading<string> | Refusal {
  const name = quote(field.label);
  if (typeof raw !== 'string') return { refused: `${name} must be text${insteadOf(raw)}` };
  let value = '';
  let length = 0;
  let removed = false;
  let clipped = false;
  for (const character of raw) {
    const code = character.codePointAt(0) ?? 0;
    // NUL, or half of a surrogate pair: neither survives a link.
    if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) {
      removed = true;
    } else if (length === field.maxLength) {
      clipped = true;
      break;
    } else {
      value += character;
      length++;
    }
  }
  if (value === '') return { refused: `${name} was empty` };
  if (!removed && !clipped) return { value };
  const changes = [
    ...(removed ? ['lost characters that are not text'] : []),
    ...(clipped ? [`was cut to its first ${String(field.maxLength)} characters`] : []),
  ];
  return { value, adjustment: `${name} ${changes.join(' and ')}.` };
}

function insteadOf(raw: unknown): string {
  const shown = describe(raw);
  return shown === undefined ? '' : `, not ${shown}`;
}

/** A valid value of the field as the page would show it. */
function showValue(field: Field, value: number | string | boolean): string {
  if (field.control === 'flag') return value === true ? 'on' : 'off';
  // As the field's own box has it.
  if (field.control === 'number' && typeof value === 'number')
    return value !== 0 && Math.abs(value) < 0.01 ? value.toExponential() : String(value);
  const option =
    field.control === 'choice' ? field.options.find((one) => one.value === value) : undefined;
  return quote(option?.label ?? String(value));
}
