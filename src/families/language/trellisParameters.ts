import { matrixSpec, vectorSpec, type ParameterSpec } from '../parameters.ts';

/** Sizes of a DEQ-TrellisNet language model; H = dHidden + dOutput is the width of h and of c. */
export interface TrellisConfig {
  readonly cell: 'trellis';
  readonly vocabulary: number;
  /** Width of an embedded token. */
  readonly dEmbed: number;
  /** Units of h that only the cell sees. */
  readonly dHidden: number;
  /** Units of h that the head reads, its last; must equal dEmbed, since the head is the embedding. */
  readonly dOutput: number;
  /** Positions that one evaluation sees: the present one and the kernel − 1 before it. */
  readonly kernel: number;
  /** Standard deviation of the state's initial weights times √fan-in; default 1. */
  readonly gain?: number;
}

/** Parameters of the model, with their names and layouts in the first public locuslab/deq. */
export function trellisParameters({
  vocabulary,
  dEmbed,
  dHidden,
  dOutput,
  kernel,
  gain = 1,
}: TrellisConfig): ParameterSpec[] {
  const width = dHidden + dOutput;
  return [
    // Small rows make small first logits; the injection's weights make up for it, so that an
    // injected token has entries of variance 1.
    {
      name: 'embedding',
      torch: 'embedding',
      shape: [vocabulary, dEmbed],
      deviation: 1 / Math.sqrt(dEmbed),
    },
    matrixSpec('inject.weight', 'inject_conv.weight', [dEmbed, 4 * width], {
      scale: Math.sqrt(dEmbed),
      kernel,
    }),
    vectorSpec('inject.bias', 'inject_conv.bias', [4 * width]),
    {
      ...matrixSpec('state.weight', 'full_conv.weight', [width, 4 * width], {
        scale: gain,
        kernel,
      }),
      normalised: true,
    },
    vectorSpec('state.bias', 'full_conv.bias', [4 * width]),
    { ...vectorSpec('head.bias', 'out_bias', [vocabulary]), optional: true },
  ];
}
