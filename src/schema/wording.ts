/**
 * How values and names from outside are shown to the reader: short, on one line, and
 * unable to reorder or hide the text around them.
 */

const longest = 40;
const mostNames = 8;

/** The text without control and format characters, clipped to 40 code points, in quotation marks. */
export function quote(raw: string): string {
  // A megabyte pasted into a link needn't be scanned whole to show its first 40 characters.
  const clean = Array.from(raw.slice(0, 20 * longest).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ''));
  const whole = clean.length <= longest;
  return `“${whole ? clean.join('') : `${clean.slice(0, longest - 1).join('')}…`}”`;
}

/** A value of unknown origin in words, or undefined where showing it would not help. */
export function describe(raw: unknown): string | undefined {
  if (typeof raw === 'string') return quote(raw);
  return typeof raw === 'number' || typeof raw === 'boolean' ? quote(String(raw)) : undefined;
}

/** One sentence that lists the names nobody reads, each once, or undefined if there are none. */
export function listIgnored(names: readonly string[]): string | undefined {
  const distinct = [...new Set(names.map(quote))];
  if (distinct.length === 0) return undefined;
  const shown = distinct.slice(0, mostNames).join(', ');
  const more = distinct.length - mostNames;
  return `Ignored, as there is no such setting: ${shown}${more > 0 ? ` and ${String(more)} more` : ''}.`;
}
