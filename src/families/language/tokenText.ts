import { unknownText, type Tokenizer } from '../../inputs/text/tokenizer.ts';

/** The text of one id; part of a character is shown as its bytes. */
export function textOf(tokenizer: Tokenizer, id: number): string {
  const text = tokenizer.decode([id]);
  return text.includes(unknownText) ? (tokenizer.vocabulary[id] ?? text) : text;
}
