/** The golden files: reference values computed in float64 by the peers' own code. */
import type { GoldenFile } from '../src/engine/check/goldenFile.ts';
import tanhContractive from './golden/tanh-contractive.json';
import tanhExpansive from './golden/tanh-expansive.json';
import postLn from './golden/transformer-post-ln.json';
import postLnMemory from './golden/transformer-post-ln-mems.json';
import preLn from './golden/transformer-pre-ln.json';
import trellisnet from './golden/trellisnet.json';

/** All of them, by name. */
export const goldenFiles: Readonly<Record<string, GoldenFile>> = {
  'tanh-contractive': tanhContractive,
  'tanh-expansive': tanhExpansive,
  'transformer-post-ln': postLn,
  'transformer-post-ln-mems': postLnMemory,
  'transformer-pre-ln': preLn,
  trellisnet,
};

/** The same as rows for `test.each`. */
export const goldenCases = Object.entries(goldenFiles).map(([name, file]) => ({ name, file }));

/**
 * One case of each family. All of them run on the CPU; elsewhere the kernels differ by family, not by case.
 * The post-norm transformer with a memory has every tensor that there is.
 */
export const oneOfEachFamily = goldenCases.filter(({ name }) =>
  ['tanh-contractive', 'transformer-post-ln-mems', 'trellisnet'].includes(name),
);

/** The smallest, where only the way to a number is looked at. */
export const smallestCase = goldenCases.filter(({ name }) => name === 'tanh-contractive');

/** A case for what is the fallback only: TensorFlow.js's own kernels on WebGPU. */
export const oneForStock = goldenCases.filter(({ name }) => name === 'transformer-pre-ln');
