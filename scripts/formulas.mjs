/** Formulas are typeset while the page is built: the browser gets MathML, and no typesetter. */
import { readFileSync } from 'node:fs';
import katex from 'katex';

/**
 * TeX as MathML. Throws on TeX that KaTeX can't read, so that a build with a broken formula fails.
 * @param {string} tex
 */
export const typeset = (tex) =>
  katex
    .renderToString(tex, { output: 'mathml', throwOnError: true, strict: 'error' })
    // KaTeX's wrapper carries classes for styles that are not loaded, the annotation a second copy.
    .replace(/^<span class="katex">|<\/span>$/g, '')
    .replace(/<annotation[^>]*>[\s\S]*?<\/annotation>/g, '');

/**
 * Reads `*.tex.json`, names with TeX, as names with MathML.
 * @returns {import('vite').Plugin}
 */
export const formulas = () => ({
  name: 'formulas',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.tex.json')) return null;
    /** @type {Record<string, string>} */
    const table = JSON.parse(readFileSync(id, 'utf8'));
    const entries = Object.entries(table).map(([name, tex]) => [name, typeset(tex)]);
    // Vite's own JSON plugin makes the module.
    return JSON.stringify(Object.fromEntries(entries));
  },
});
