/**
 * Numbers as people type and paste them: grouped (`20,000`, `20 000`, `20'000`), with a decimal comma,
 * full-width or Arabic digits, a typographic minus, `10^-3`, `1·10⁻³`, `50 %`, with the setting's unit.
 */
import { quote } from './wording.ts';

/** What a typed number may be read by: the setting it is for. */
export interface NumberContext {
  readonly min: number;
  readonly max: number;
  /** Grid of the values; whole numbers where it is a whole number. */
  readonly step: number;
  readonly unit?: string;
}

/** The number meant, or in words (a verb and what follows, no full stop) why none can be made out. */
export type TypedNumber = { readonly value: number } | { readonly problem: string };

/** Decimal notation only: `Number` alone also takes '', '0x10' and 'Infinity'. */
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** First digits of scripts that compatibility forms leave as they are: Arabic, Persian, Devanagari, Bengali. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6];
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Reads a typed number for a setting. Never guesses between two readings that are both possible. */
export function readTypedNumber(raw: string, context: NumberContext): TypedNumber {
  if (raw.trim() === '') return { problem: 'was empty, and must be a number' };
  const notNumber = { problem: `must be a number, not ${quote(raw)}` };
  const text = withoutUnit(plainly(raw), context.unit);
  const percent = /^(.*?)\s*%$/.exec(text);
  if (percent) {
    if (context.max > 1) return { problem: `is not a share, so ${quote(raw)} can’t be used` };
    const share = readTypedNumber(percent[1] ?? '', { ...context, min: 0, max: 100, step: 0 });
    return 'problem' in share ? notNumber : { value: tidy(share.value / 100) };
  }
  const power = /^(?:(.+?)\s*[*×·x]\s*)?([+-]?)10\s*\^\s*\(?([+-]?\d+)\)?$/i.exec(text);
  if (power) {
    const [, mantissa = '1', sign = '', exponent = '0'] = power;
    const times = readings(mantissa);
    if (times.length !== 1) return notNumber;
    return finite(`${sign}${times[0] ?? ''}e${exponent}`) ?? notNumber;
  }
  const fraction = /^([+-]?\d+)\s*[/⁄]\s*(\d+)$/.exec(text);
  if (fraction) {
    const value = Number(fraction[1]) / Number(fraction[2]);
    return Number.isFinite(value) ? { value } : notNumber;
  }
  // Nobody writes a whole number with three decimals: there such a separator makes groups.
  const groups = Number.isInteger(context.min) && context.step > 0 && context.step % 1 === 0;
  const values = [...new Set(readings(text, groups).map(Number))].filter(Number.isFinite);
  return choose(values, context, raw) ?? notNumber;
}

/** The reading that the setting can have, if only one of two can. */
function choose(
  values: readonly number[],
  { min, max }: NumberContext,
  raw: string,
): TypedNumber | undefined {
  const fitting = values.filter((value) => value >= min && value <= max);
  const [first, second] = fitting.length > 0 ? fitting : values;
  if (first === undefined) return undefined;
  if (second === undefined) return { value: first };
  return {
    problem: `can’t be read from ${quote(raw)}, which can mean ${String(first)} or ${String(second)}`,
  };
}

/** The same text in ASCII: digits, minus, decimal point, no spaces around, no `β =` before it. */
function plainly(raw: string): string {
  const powers = raw.replace(
    /([⁻⁺]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/gu,
    (_, sign: string, digits: string) =>
      `^${sign === '⁻' ? '-' : ''}${Array.from(digits, (one) => superscripts.indexOf(one)).join('')}`,
  );
  const digits = Array.from(powers, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const zero = zeros.find((first) => code >= first && code < first + 10);
    return zero === undefined ? character : String(code - zero);
  });
  return digits
    .join('')
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\u02d7\ufe63]/g, '-')
    .replace(/٫/g, '.')
    .replace(/٬/g, ',')
    .replace(/[\p{Cf}]/gu, '')
    .replace(/^[^\d=]*=/, '')
    .trim()
    .replace(/^([+-])\s+/, '$1');
}

/** Without the unit behind it, in the singular or cut short: `3 iter`, `200 tokens`, `64 MB`. */
function withoutUnit(text: string, unit = ''): string {
  const behind = /^(.*[\d.])\s*(\p{L}+)\.?$/u.exec(text);
  const [, number = '', word = ''] = behind ?? [];
  const short = word.toLowerCase();
  const fits = short.length >= 2 && unit.toLowerCase().startsWith(short);
  if (fits) return number;
  const thousand = /^(.*\d)\s*k$/i.exec(text);
  return thousand ? `${thousand[1] ?? ''}e3` : text;
}

/** Every way to read a number with separators, in JavaScript's notation; empty where there is none. */
function readings(text: string, groups = false): readonly string[] {
  const parts = /^([+-]?)([\d.,'’_\s]+)(e[+-]?\d+)?$/i.exec(text);
  if (!parts) return [];
  const [, sign = '', digits = '', exponent = ''] = parts;
  const all = plainReadings(digits);
  const made = (groups ? all.slice(-1) : all).map((one) => `${sign}${one}${exponent}`);
  return made.filter((one) => decimal.test(one));
}

function plainReadings(digits: string): readonly string[] {
  const [last] = /[.,](?=[^.,]*$)/.exec(digits) ?? [''];
  if (last === '') return ungrouped(digits);
  const at = digits.lastIndexOf(last);
  const [whole, rest] = [digits.slice(0, at), digits.slice(at + 1)];
  const once = !whole.includes(last);
  const asDecimal =
    once && /^\d*$/.test(rest)
      ? ungrouped(whole === '' ? '0' : whole).map((one) => `${one}.${rest}`)
      : [];
  // Nobody writes a number that begins with a nought in groups.
  const asGroups = /^0|[.,]0*$/.test(whole) ? [] : ungrouped(digits);
  return [...asDecimal, ...asGroups];
}

/** Digits in groups by one kind of separator, written as one; empty where they are not grouped so. */
function ungrouped(digits: string): readonly string[] {
  if (/^\d+$/.test(digits)) return [digits];
  const grouped = /^[1-9]\d{0,2}([.,'’_\s])\d{3}(?:\1\d{3})*$/.test(digits);
  // 12,34,567 as in India.
  const lakhs = /^\d{1,2}(?:,\d{2})+,\d{3}$/.test(digits);
  return grouped || lakhs ? [digits.replace(/\D/g, '')] : [];
}

const tidy = (value: number): number => Number(value.toPrecision(15));

const finite = (text: string): TypedNumber | undefined => {
  const value = Number(text);
  return Number.isFinite(value) ? { value } : undefined;
};
