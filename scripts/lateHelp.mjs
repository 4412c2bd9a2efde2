/**
 * The help of the settings stands where the settings are, and they are needed before the first paint; their
 * help is not. A build leaves its number there and puts the words into a module that the page fetches later.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Where settings are written. */
const table = /[\\/]src[\\/].*(?:[\\/]settings|[fF]ields)\.ts$/;

/** One text, whole. */
const help = /\bhelp:\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")(?=,)/g;

/** The module of the words, as `app/ui/fields/help/words.ts` has it. */
const wordsModule = /[\\/]app[\\/]ui[\\/]fields[\\/]help[\\/]words\.ts$/;

/**
 * The texts in a table of settings, as they are written there, quotation marks and all.
 * @param {string} text
 */
export const helpIn = (text) => [...text.matchAll(help)].flatMap(([, words]) => words ?? []);

/**
 * The same table with something else in the place of each text.
 * @param {string} text
 * @param {(words: string) => string} instead
 */
export const withHelp = (text, instead) =>
  text.replace(help, (_, /** @type {string} */ words) => `help: '${instead(words)}'`);

/** All texts, each once; a text's number is its place. */
const allHelp = () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => join(root, 'src', file))
    .filter((file) => table.test(file))
    .sort();
  return [...new Set(files.flatMap((file) => helpIn(readFileSync(file, 'utf8'))))];
};

/**
 * Two plugins: one for the page, which fetches the words late, and one for its workers, which need none.
 * @returns {Readonly<Record<'page' | 'worker', import('vite').Plugin>>}
 */
export const lateHelp = () => {
  /** @type {string[]} */
  let all = [];
  return {
    page: {
      name: 'late-help',
      apply: 'build',
      enforce: 'pre',
      buildStart: () => {
        all = allHelp();
      },
      transform: (text, id) => {
        if (wordsModule.test(id)) return { code: `export default [${all.join()}];`, map: null };
        if (!table.test(id)) return null;
        return { code: withHelp(text, (words) => `§${String(all.indexOf(words))}`), map: null };
      },
    },
    worker: {
      name: 'no-help',
      apply: 'build',
      enforce: 'pre',
      transform: (text, id) =>
        table.test(id) ? { code: withHelp(text, () => ''), map: null } : null,
    },
  };
};
