/** A small language model of every kind, with a gain at which f has one fixed point. */
import type { LanguageModelConfig } from '../src/families/language/languageModel.ts';

export const vocabulary = 7;

export const tinyTransformer = {
  cell: 'transformer',
  vocabulary,
  dModel: 8,
  heads: 2,
  dInner: 12,
  preLayerNorm: false,
  memoryLength: 0,
  gain: 0.2,
} as const satisfies LanguageModelConfig;

export const tinyTrellis = {
  cell: 'trellis',
  vocabulary,
  dEmbed: 4,
  dHidden: 3,
  dOutput: 4,
  kernel: 3,
} as const satisfies LanguageModelConfig;

export const tinyTanh = {
  cell: 'tanh',
  vocabulary,
  width: 5,
  gain: 0.5,
} as const satisfies LanguageModelConfig;

export const tinyModels: readonly LanguageModelConfig[] = [tinyTransformer, tinyTrellis, tinyTanh];
