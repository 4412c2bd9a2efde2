/** Puts TensorFlow.js's WebAssembly file where the page can fetch it: public/wasm (not in git). */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

const file = 'tfjs-backend-wasm-simd.wasm';

/** Copy it; cheap enough to do every time. */
export const copyWasm = () => {
  const to = join(root, 'public', 'wasm');
  mkdirSync(to, { recursive: true });
  copyFileSync(
    join(root, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist', file),
    join(to, file),
  );
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) copyWasm();
