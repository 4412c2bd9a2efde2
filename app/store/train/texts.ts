import { readStored, writeStored } from '../../stored.ts';
import { familyOf } from '../../../src/families/settings.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { TrainingText } from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from '../engine/faults.ts';
import { readOnce, type Bytes } from '../files.ts';

/** The text of an experiment's corpus, or why it cannot be had, in words. */
export type FoundText = { readonly text: TrainingText } | { readonly problem: string };

const MOBY_DICK = 'corpora/moby-dick.txt';

/** Finds texts: the visitor's own, the page's (fetched once), none for generated corpora. */
export function createTexts(options: {
  readonly fetchFile: (path: string) => Promise<Bytes>;
  readonly own: () => string;
}): (experiment: Experiment) => Promise<FoundText> {
  const mobyDick = readOnce(async () =>
    new TextDecoder().decode(await options.fetchFile(MOBY_DICK)),
  );
  return async ({ data, problem }) => {
    // Other families bring their own data.
    if (!familyOf(problem.family).learns?.texts) return { text: undefined };
    if (data.source === 'own') {
      const own = options.own();
      return own === ''
        ? { problem: 'There is no text of yours yet: paste one, or choose another corpus.' }
        : { text: own };
    }
    if (data.source !== 'moby-dick') return { text: undefined };
    try {
      return { text: await mobyDick() };
    } catch (error) {
      return {
        problem: `Moby-Dick could not be fetched (${faultOf(error).message}). Check the connection and try again, or choose another corpus.`,
      };
    }
  };
}

/** So many texts are kept beside the one on screen. */
const MOST_ASIDE = 5;

/** The list with further texts at its head: each once, none empty, the oldest dropped. */
export const setAside = (
  aside: readonly string[],
  ...texts: readonly string[]
): readonly string[] =>
  [...new Set([...texts, ...aside])].filter((text) => text !== '').slice(0, MOST_ASIDE);

const LAST_WORD = 'deq-last-text';

/** Keeps a text at once, for a page that goes away before its database has written. */
export function writeLastWord(text: string): void {
  // No storage, or the text is too long for this one: the database may still do it.
  writeStored(LAST_WORD, text);
}

/** The text that was kept so, if any; it is there only once. */
export function takeLastWord(): string | null {
  const text = readStored(LAST_WORD);
  writeStored(LAST_WORD, null);
  return text === '' ? null : text;
}

/** A name for a text that other texts don't have: its length and two 32-bit FNV-1a hashes. */
export function textName(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    // The second one hashes the units turned about, so that both rarely collide together.
    b = Math.imul(b ^ ((unit << 8) | (at & 0xff)), 0x01000193);
  }
  return [text.length, a >>> 0, b >>> 0].map((part) => part.toString(36)).join('-');
}
