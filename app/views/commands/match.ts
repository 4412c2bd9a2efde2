/**
 * How well `text` answers to `query`, or null where it doesn't. Every word must be found: at the
 * start of a word is best, then inside one, then as letters in that order, as in `anr` for Anderson.
 */
export function match(query: string, text: string): number | null {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const all = fold(text);
  let sum = 0;
  for (const word of words) {
    const score = matchWord(word, all);
    if (score === null) return null;
    sum += score;
  }
  return sum;
}

function matchWord(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return 4;
  if (at > 0) return startOf(word).test(text) ? 3 : 2;
  // One or two letters in order are in nearly everything.
  return word.length > 2 && isSpread(word, text) ? 1 : null;
}

/** The word where another one doesn't go on. */
const startOf = (word: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])${word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}`, 'u');

/** Whether the letters come in order within one word of the text, beginning with its first. */
const isSpread = (letters: string, text: string): boolean =>
  text.split(/[^\p{L}\d]+/u).some((word) => {
    let found = 0;
    if (word.charAt(0) !== letters.charAt(0)) return false;
    for (const letter of word) if (letter === letters.charAt(found)) found++;
    return found === letters.length;
  });

/** Without case and accents. */
const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
