/** Links as chats and mails deliver them: escaped, encoded once more, wrapped, with text glued to their end. */
import { findField } from './fields.ts';
import { quote } from './wording.ts';

/** A fragment to be read, and a sentence for each thing that was mended. */
export interface MendedLink {
  readonly fragment: string;
  readonly adjustments: readonly string[];
}

/** Settings whose values are text: there whatever stands at the end may be meant. */
const isText = (name: string): boolean => name === 'text' || findField(name)?.control === 'text';

/**
 * Undoes what came upon a fragment on its way. A fragment as `encodeLink` writes it comes out as it
 * went in, since there none of these can occur unescaped.
 */
export function mendLink(raw: string): MendedLink {
  const adjustments: string[] = [];
  const said = (words: string): void => {
    adjustments.push(`This link arrived ${words}; it was read as it was meant.`);
  };
  let fragment = raw;
  // Encoded as a whole, its own separators included.
  if (!/[=?]/.test(fragment) && /%3d/i.test(fragment)) {
    const decoded = unescaped(fragment);
    if (decoded !== fragment) said('encoded once more');
    fragment = decoded;
  }
  if (/[?&]v=3D/.test(fragment)) {
    fragment = fragment.replace(/=\r?\n/g, '').replace(/=3D/gi, '=');
    said('with “=3D” in place of “=”');
  }
  if (/&(?:amp|#38|#x26);/i.test(fragment)) {
    fragment = fragment.replace(/&(?:(?:amp|#38|#x26);)+/gi, '&');
    said('with “&amp;” in place of “&”');
  }
  const head = /^[^?]*\?/.exec(fragment)?.[0] ?? '';
  const parts = fragment.slice(head.length).split('&');
  const mended = parts.map((part, index) =>
    mendPart(part, index === parts.length - 1, adjustments),
  );
  return { fragment: `${head}${mended.join('&')}`, adjustments };
}

/** One `name=value`; the last of a link is the one that other text gets glued to. */
function mendPart(part: string, last: boolean, adjustments: string[]): string {
  const at = part.indexOf('=');
  if (at < 0) return part;
  const name = part.slice(0, at);
  const value = part.slice(at + 1);
  const short = isText(name) ? (last ? withoutGlued(value) : value) : plain(name, value, last);
  const lost = unescaped(value).slice(unescaped(short).length).trim();
  if (lost !== '')
    adjustments.push(`Left out what was glued to the end of the link: ${quote(lost)}.`);
  return `${name}=${short}`;
}

/** A value that is no free text: up to the first thing that cannot be part of it. */
function plain(name: string, value: string, last: boolean): string {
  // Wrapped lines leave breaks in the middle, which mean nothing.
  const whole = value.replace(/(?:\r|\n|%0d|%0a)/gi, '');
  if (name === 'c') return /^[\w-]+/.exec(whole)?.[0] ?? whole;
  if (!last) return whole;
  const end = /(?:\s|\+|%20|%09|[<>"]|%3c|%3e|%22|%c2%a0)(?!\d)/i.exec(whole);
  const cut = end ? whole.slice(0, end.index) : whole;
  // The names of hidden parts may end with an asterisk.
  const tail =
    name === 'hide' ? /[)\]}.]+$/ : /(?:[)\]}>,;:!?'.*_…]|%e2%80%(?:99|9d|a6)|%c2%bb)+$/i;
  return cut.replace(tail, '');
}

/** A text without the bracket or comma behind it that our own links would have encoded. */
function withoutGlued(value: string): string {
  const balanced = value.split('(').length >= value.split(')').length;
  return balanced ? value.replace(/[,;]+$/, '') : value.replace(/\)[.,;!?]*$/, '');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
