import { fileURLToPath } from 'node:url';
import { setWasmBase } from '../src/tf/backend.ts';

/**
 * Lets Node start the WebAssembly backend, which computes a layer several times as fast as the CPU's: for tests of
 * what is made of numbers. Those of the numbers themselves are the CPU's, which sums in float64.
 */
export function wasmInNode(): void {
  setWasmBase(fileURLToPath(new URL('../public/wasm/', import.meta.url)));
}
