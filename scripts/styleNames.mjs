/**
 * Names of classes as a build writes them: two letters for the style sheet and as few as there can be for the class. Random
 * ones do not compress, and every class stands in a sheet and in a script.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './root.mjs';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** A number in letters, at least so many. @param {number} number @param {number} least */
const inLetters = (number, least) => {
  let text = '';
  for (let rest = number; rest > 0 || text.length < least; rest = Math.floor(rest / 26))
    text = `${letters[rest % 26] ?? ''}${text}`;
  return text;
};

/**
 * Whether a module can export something by that name.
 * @param {string} name
 */
const isExport = (name) => {
  try {
    return new Function(`const ${name} = 1;`).length === 0;
  } catch {
    return false;
  }
};

/** What a component has of its classes, and where from. */
const importOfClasses = /^import (\w+) from (?='[^'\n]+\.module\.css';$)/gm;

/**
 * The same module with its classes by their names, so that the bundler puts each name where it is used and no table of
 * them remains.
 * @param {string} text
 */
export const withNamedClasses = (text) => text.replace(importOfClasses, 'import * as $1 from ');

/**
 * Names as they are made for one build: the same for the same files, whichever is read first. Throws at a class whose name
 * no module can export: components would not get it.
 */
export const namesOfBuild = () => {
  const app = join(root, 'app');
  const sheets = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.module.css'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  /** @type {Map<string, string[]>} */
  const known = new Map();
  return (/** @type {string} */ name, /** @type {string} */ file) => {
    const sheet = relative(app, file.replace(/\?.*/, '')).replaceAll('\\', '/');
    const place = sheets.indexOf(sheet);
    if (place < 0) throw new Error(`${file} is no style sheet of the page`);
    if (!isExport(name)) throw new Error(`.${name} in ${sheet} has to have another name`);
    const names = known.get(sheet) ?? [];
    known.set(sheet, names);
    if (!names.includes(name)) names.push(name);
    return inLetters(place, 2) + inLetters(names.indexOf(name), 1);
  };
};

/**
 * Two plugins, one before Vite's own and one after them.
 * @returns {import('vite').Plugin[]}
 */
export const styleNames = () => [
  {
    name: 'style-names',
    apply: 'build',
    enforce: 'pre',
    config: () => ({ css: { modules: { generateScopedName: namesOfBuild() } } }),
    transform: {
      filter: { id: /[\\/]app[\\/].*\.tsx$/ },
      handler: (text) => ({ code: withNamedClasses(text), map: null }),
    },
  },
  {
    // Without names that are looked up at run time a sheet would seem to be of no use.
    name: 'kept-styles',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /\.module\.css$/ },
      handler: (code) => ({ code, map: null, moduleSideEffects: 'no-treeshake' }),
    },
  },
];
