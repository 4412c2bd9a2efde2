/** Numbers as people read them. Everything shown on the page goes through here. */
import { formatPower } from '../src/schema/valueWords.ts';

export { formatPower };

const NONE = '—';

/** A residual with two digits: `0.53`, `3.2e-3`, `1.0`; never a rounded-away zero. */
export function formatResidual(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 0.0995 && size < 99.5) return value.toPrecision(2);
  return value.toExponential(1).replace('e+', 'e');
}

/** Every digit that means something in float32, for tooltips and tables. */
export function formatExact(value: number): string {
  if (!Number.isFinite(value)) return formatResidual(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return value.toPrecision(6);
  return value.toExponential(5).replace('e+', 'e');
}

/** A tick of a linear axis: `0.25`, `40`; with an exponent where there would be many zeros. */
export function formatTick(value: number): string {
  if (value < 0) return `−${formatTick(-value)}`;
  return value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e4)
    ? formatPower(value)
    : String(Number(value.toPrecision(4)));
}

/** Units of bytes, decimal; a tenth of a megabyte still is one, so that figures of one table share a unit. */
const byteUnits = [
  { unit: 'MB', size: 1e6, from: 1e5 },
  { unit: 'kB', size: 1e3, from: 1e3 },
] as const;

/** The unit of an axis that ends at so many bytes, and how many bytes it has. */
export const byteUnit = (most: number): { readonly unit: string; readonly size: number } =>
  byteUnits.find(({ from }) => most >= from) ?? { unit: 'B', size: 1 };

/** Bytes in the unit that suits them: `41 MB`, `8.4 MB`, `0.2 MB`, `1.2 kB`, `300 B`; with three digits `1.04 MB`. */
export function formatBytes(bytes: number | null | undefined, digits: 2 | 3 = 2): string {
  if (bytes === null || bytes === undefined) return NONE;
  const rounded = Number(bytes.toPrecision(digits));
  const found = byteUnits.find(({ from }) => rounded >= from);
  if (!found) return `${String(Math.round(bytes))} B`;
  const { unit, size } = found;
  const value = bytes / size;
  if (rounded / size >= 10 ** (digits - 1)) return `${String(Math.round(value))} ${unit}`;
  return `${digits === 2 ? value.toFixed(1) : value.toPrecision(3)} ${unit}`;
}

/** Bytes with three digits, for figures that are compared: `1.04 MB`, `217 MB`. */
export const formatPeak = (bytes: number | null | undefined): string => formatBytes(bytes, 3);

/** Several of those, `0.264 / 2.64 MB`: a unit that all share is named once. */
export function formatPeaks(
  peaks: readonly (number | null | undefined)[],
  between: string,
): string {
  const texts = peaks.map(formatPeak);
  const units = new Set(texts.map((text) => text.split(' ')[1]));
  const last = texts.length - 1;
  return texts
    .map((text, at) => (units.size === 1 && at < last ? text.split(' ')[0] : text))
    .join(between);
}

/** A duration: `0.84 ms`, `2.1 ms`, `128 ms`, `1.4 s`. */
export function formatMilliseconds(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined) return NONE;
  if (milliseconds >= 999.5) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (milliseconds >= 99.5) return `${String(Math.round(milliseconds))} ms`;
  if (milliseconds >= 0.995) return `${milliseconds.toPrecision(2)} ms`;
  return `${milliseconds.toFixed(2)} ms`;
}

/** A count with thin spaces between thousands: `18 432`. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** The characters of a text as a person counts them, and the panel's facts: an emoji is one. */
export function formatCharacters(text: string): string {
  // Without the second halves of pairs.
  const count = text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
  return plural(count, 'character');
}

/** `1 change`, `3 changes`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** One character made visible: a space, a line break and a tab have no glyph of their own. */
export function visibleCharacter(character: string): string {
  return { ' ': '␣', '\n': '⏎', '\t': '⇥' }[character] ?? character;
}

/** A number for running text: no line may end after the hyphen of its exponent. */
export function unbroken(number: string): string {
  return number.replace('-', '-\u2060');
}

/** The words as a sentence begins. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
