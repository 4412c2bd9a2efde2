/**
 * Lets a bundler drop what nobody uses of a d3 package. Since these come as one file each, two habits of theirs
 * keep everything: a class and its methods are two statements, of which the second seems to do something by
 * itself, and some functions are made by calling another as the file is read.
 */

/** A class of old: the function that makes one, then what all of them can do. */
const twoStatements =
  /^function (\w+)\(([^)]*)\) \{\n((?:.*\n)*?)\}\n\n\1\.prototype = \{\n((?:.*\n)*?)\};\n/gm;

/** Something made by a call as the file is read. */
const madeByCall = /^((?:var|const) \w+ = )(?=\(function |\w+\()/gm;

/**
 * The text of a d3 module, with classes made by one statement each and calls marked as without effect.
 * What it does stays the same; where a package is written otherwise, so does its text.
 * @param {string} text
 */
export const shakeable = (text) =>
  text
    .replace(madeByCall, '$1/* @__PURE__ */ ')
    .replace(
      twoStatements,
      (_, name, given, body, methods) =>
        `var ${name} = /* @__PURE__ */ (() => {\nfunction ${name}(${given}) {\n${body}}\n` +
        `${name}.prototype = {\n${methods}};\nreturn ${name};\n})();\n`,
    );

/**
 * Of d3 only what our charts use.
 * @param {Readonly<Record<string, string>>} instead what d3-scale gets in the place of other packages, by name
 * @returns {import('vite').Plugin}
 */
export const d3 = (instead) => ({
  name: 'd3',
  apply: 'build',
  enforce: 'pre',
  resolveId: {
    filter: { id: /^d3-/ },
    handler: (id, importer) =>
      /[\\/]d3-scale[\\/]/.test(importer ?? '') ? (instead[id] ?? null) : null,
  },
  transform: {
    filter: { id: /[\\/]node_modules[\\/]d3-[^\\/]+[\\/]/ },
    handler: (text) => ({ code: shakeable(text), map: null }),
  },
});
