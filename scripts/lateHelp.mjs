/**
 * The help of the settings stands where the settings are, and they are needed before the first paint; their
 * help is not. A build leaves its number there and puts the words into a module that the page fetches later: those of the
 * families that it does not begin with, and the claims of all presets but the first, into one that is fetched with such a
 * family or preset.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Where settings are written. */
const table = /[\\/]src[\\/].*(?:[\\/]settings|[fF]ields)\.ts$/;

/** One text, whole. */
const help = /\bhelp:\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")(?=,)/g;

/** What a preset is to show, whole. */
const claim = /\bclaim:\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")(?=,)/g;

/** Where presets are written. */
const presets = /[\\/]src[\\/]families[\\/]\w+[\\/]presets\.ts$/;

/** Where the one is that the page begins with, as the first. */
const firstPresets = /[\\/]language[\\/]presets\.ts$/;

/** What is of families other than that of the first paint. */
const ofOthers = /[\\/]src[\\/]families[\\/](?!language[\\/])/;

/** The modules of the words, as `app/ui/fields/help` has them. */
const wordsModule = /[\\/]app[\\/]ui[\\/]fields[\\/]help[\\/](words|familyWords)\.ts$/;

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

/**
 * The claims in a table of presets that come later, as they are written there.
 * @param {string} text
 * @param {string} file
 */
export const claimsIn = (text, file) =>
  [...text.matchAll(claim)]
    .flatMap(([, words]) => words ?? [])
    .slice(firstPresets.test(file) ? 1 : 0);

/**
 * The same table with something else in the place of each of them.
 * @param {string} text
 * @param {string} file
 * @param {(words: string) => string} instead
 */
export const withClaims = (text, file, instead) => {
  const late = new Set(claimsIn(text, file));
  return text.replace(claim, (whole, /** @type {string} */ words) =>
    late.has(words) ? `claim: '${instead(words)}'` : whole,
  );
};

/**
 * All texts of what the page begins with, or of the rest, each once; a text's number is its place.
 * @param {boolean} others
 */
const allWords = (others) => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => join(root, 'src', file))
    .sort();
  const read = (/** @type {string} */ file) => readFileSync(file, 'utf8');
  return [
    ...new Set([
      ...files
        .filter((file) => table.test(file) && ofOthers.test(file) === others)
        .flatMap((file) => helpIn(read(file))),
      ...(others ? files.filter((file) => presets.test(file)) : []).flatMap((file) =>
        claimsIn(read(file), file),
      ),
    ]),
  ];
};

/**
 * Two plugins: one for the page, which fetches the words late, and one for its workers, which need none.
 * @returns {Readonly<Record<'page' | 'worker', import('vite').Plugin>>}
 */
export const lateHelp = () => {
  /** @type {string[]} */
  let words = [];
  /** @type {string[]} */
  let familyWords = [];
  return {
    page: {
      name: 'late-help',
      apply: 'build',
      enforce: 'pre',
      buildStart: () => {
        words = allWords(false);
        familyWords = allWords(true);
      },
      transform: (text, id) => {
        const module = wordsModule.exec(id)?.[1];
        if (module !== undefined) {
          const all = module === 'words' ? words : familyWords;
          return { code: `export default [${all.join()}];`, map: null };
        }
        const others = ofOthers.test(id);
        const numbered = (/** @type {string} */ said) =>
          others ? `‡${String(familyWords.indexOf(said))}` : `§${String(words.indexOf(said))}`;
        if (table.test(id)) return { code: withHelp(text, numbered), map: null };
        if (!presets.test(id)) return null;
        const late = (/** @type {string} */ said) => `‡${String(familyWords.indexOf(said))}`;
        return { code: withClaims(text, id, late), map: null };
      },
    },
    worker: {
      name: 'no-help',
      apply: 'build',
      enforce: 'pre',
      transform: (text, id) => {
        if (table.test(id)) return { code: withHelp(text, () => ''), map: null };
        return presets.test(id) ? { code: withClaims(text, id, () => ''), map: null } : null;
      },
    },
  };
};
