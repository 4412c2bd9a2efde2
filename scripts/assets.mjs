/** Puts what the page fetches, and npm packages or the tests hold, into public (not in git). */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packDigits } from './digits.mjs';
import { packPictures } from './pictures.mjs';
import { root } from './root.mjs';

/** @param {string[]} path Of a file in node_modules. */
const installed = (...path) => join(root, 'node_modules', ...path);

/** TensorFlow.js's WebAssembly file: public/wasm. */
const copyWasm = () => {
  const file = 'tfjs-backend-wasm-simd.wasm';
  const to = join(root, 'public', 'wasm');
  mkdirSync(to, { recursive: true });
  copyFileSync(installed('@tensorflow', 'tfjs-backend-wasm', 'dist', file), join(to, file));
};

/** The reference values that the numbers check fetches: public/golden. */
const copyGolden = () => {
  const from = join(root, 'test', 'golden');
  const to = join(root, 'public', 'golden');
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from).filter((name) => name.endsWith('.json')))
    // Written, not copied: a copy of a read-only file could not be written again.
    writeFileSync(join(to, file), readFileSync(join(from, file)));
};

/** Melville's Moby-Dick (1851, public domain): public/corpora. */
const writeCorpora = () => {
  const to = join(root, 'public', 'corpora');
  const file = join(to, 'moby-dick.txt');
  if (existsSync(file)) return;
  mkdirSync(to, { recursive: true });
  writeFileSync(file, mobyDick());
};

/** The chapters, in order, with straight line ends and single blank lines. */
export const mobyDick = () => {
  const data = installed('@stdlib', 'datasets-moby-dick', 'data');
  const chapters = Array.from({ length: 135 }, (_, i) => `chapter_${i + 1}`);
  return [...chapters, 'epilogue']
    .map((name) => readFileSync(join(data, `${name}.txt`), 'utf8'))
    .join('\n\n')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};

/** Ten thousand digits of MNIST: public/digits. */
const writeDigits = () => {
  const to = join(root, 'public', 'digits');
  const file = join(to, 'mnist.bin');
  if (existsSync(file)) return;
  mkdirSync(to, { recursive: true });
  writeFileSync(file, packDigits(installed('mnist')));
};

/** Pictures of scripts/pictures: public/pictures. */
const writePictures = () => {
  const to = join(root, 'public', 'pictures');
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'pictures.bin'), packPictures(join(root, 'scripts', 'pictures')));
};

/** All of it; cheap enough to do every time. */
export const prepareAssets = () => {
  copyWasm();
  copyGolden();
  writeCorpora();
  writeDigits();
  writePictures();
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) prepareAssets();
