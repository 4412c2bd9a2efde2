import { pacer } from '../../data/pace.ts';
import { unknownText, type Tokenizer, type TrainingProgress } from './tokenizerTypes.ts';

const unknownId = 0;

/** Code points read between two looks at the clock. */
const chunk = 4096;

/**
 * One id for each code point. Id 0 is unknown; 1, 2, … are the distinct code points of the
 * training text in order of first appearance, so appended text never renumbers what came before.
 * U+FFFD in the training text is the unknown token itself. Progress is in UTF-16 units read.
 */
export function* charTraining(text: string): Generator<TrainingProgress, Tokenizer> {
  const pause = pacer();
  const characters = new Set<string>();
  let read = 0;
  let done = 0;
  for (const character of text) {
    characters.add(character);
    done += character.length;
    if (++read % chunk === 0) yield* pause({ done, total: text.length });
  }
  return charTokenizer(characters);
}

/** The tokenizer whose ids 1, 2, … are these code points; U+FFFD among them is skipped. */
export function charTokenizer(characters: Iterable<string>): Tokenizer {
  const vocabulary = [...new Set([unknownText, ...characters])];
  const ids = new Map(vocabulary.map((character, id) => [character, id]));
  return {
    kind: 'char',
    size: vocabulary.length,
    vocabulary,
    unknownId,
    encode: (input) =>
      Int32Array.from(Array.from(input), (character) => ids.get(character) ?? unknownId),
    decode: (tokens) => Array.from(tokens, (id) => vocabulary[id] ?? unknownText).join(''),
  };
}
