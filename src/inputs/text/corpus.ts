import { createRandom, type Random } from '../../data/random.ts';

/** A text made by rule, so that what a model has learnt of the rule can be seen. */
export type GeneratedCorpus = 'brackets' | 'arithmetic' | 'copy';

/** UTF-16 units after which no further line is begun. */
const enough = 40_000;

/**
 * About 40,000 ASCII characters of lines such as `([]{()})`, `27+58=85` or `kqzt|kqzt`, each ended
 * by a line feed. The same seed gives the same text.
 */
export function generateCorpus(kind: GeneratedCorpus, seed: number): string {
  const random = createRandom(seed).fork('corpus');
  const line = lines[kind];
  let text = '';
  while (text.length < enough) text += `${line(random)}\n`;
  return text;
}

/**
 * The first nine tenths of a text for training and the last tenth, rounded down, to validate on.
 * Counted in code points, so that no character is cut in two; together they are the text.
 */
export function splitText(text: string): { readonly train: string; readonly validation: string } {
  const characters = Array.from(text);
  const kept = characters.length - Math.floor(characters.length / 10);
  return {
    train: characters.slice(0, kept).join(''),
    validation: characters.slice(kept).join(''),
  };
}

const lines: Readonly<Record<GeneratedCorpus, (random: Random) => string>> = {
  brackets: bracketLine,
  arithmetic: (random) => {
    const a = random.integer(100);
    const b = random.integer(100);
    return `${a}+${b}=${a + b}`;
  },
  copy: (random) => {
    const word = Array.from({ length: 2 + random.integer(7) }, () =>
      String.fromCharCode('a'.charCodeAt(0) + random.integer(26)),
    ).join('');
    return `${word}|${word}`;
  },
};

const brackets = ['()', '[]', '{}'] as const;

/** One to twelve pairs of brackets, each closed by its own kind. */
function bracketLine(random: Random): string {
  let unopened = 1 + random.integer(12);
  const open: string[] = [];
  let line = '';
  while (unopened > 0 || open.length > 0) {
    const opens = unopened > 0 && (open.length === 0 || random.next() < 0.5);
    if (opens) {
      const [left, right] = brackets[random.integer(brackets.length)] ?? brackets[0];
      line += left ?? '';
      open.push(right ?? '');
      unopened--;
    } else {
      line += open.pop() ?? '';
    }
  }
  return line;
}
