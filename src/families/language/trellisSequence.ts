import { addProduct, sigmoid } from '../../ops/vectors.ts';
import { embedded, tiedLogits, weight, type Sequence, type Weights } from './sequence.ts';
import type { TrellisConfig } from './trellisParameters.ts';

/**
 * The TrellisNet position by position: `trellisCell` where it stands. One evaluation reads h of the kernel − 1
 * positions before and c of the one before, at any depth, so these equilibria are all there is to keep. What they
 * add to the gates is made once a position.
 */
export function trellisSequence(
  { dEmbed, dHidden, dOutput, kernel }: TrellisConfig,
  weights: Weights,
): Sequence {
  const width = dHidden + dOutput;
  const columns = 4 * width;
  const older = kernel - 1;
  const nothing = (size: number): Float64Array[] =>
    Array.from({ length: older }, () => new Float64Array(size));
  /** Of the kernel − 1 positions before the newest, oldest first. */
  let embeddings = nothing(dEmbed);
  let hs = nothing(width);
  /** c, and h too, of the position before. */
  let before: Float64Array = new Float64Array(2 * width);
  let token: Float64Array = new Float64Array(dEmbed);
  /** What the gates are made of beside the newest position's own h. */
  let given: Float64Array = new Float64Array(columns);
  const stateWeight = weight(weights, 'state.weight');
  const addTaps = (taps: readonly Float64Array[], matrix: Float64Array): void => {
    for (const [tap, x] of taps.entries())
      addProduct(given, x, matrix, { columns, firstRow: tap * x.length });
  };
  return {
    width: 2 * width,
    enter: (id) => {
      token = embedded(weights, id, dEmbed);
      given = weight(weights, 'inject.bias').slice();
      const bias = weight(weights, 'state.bias');
      for (let i = 0; i < columns; i++) given[i] = (given[i] ?? 0) + (bias[i] ?? 0);
      addTaps([...embeddings, token], weight(weights, 'inject.weight'));
      addTaps(hs, stateWeight);
    },
    f: (z, out) => {
      const gates = given.slice();
      addProduct(gates, z.subarray(0, width), stateWeight, { columns, firstRow: older * width });
      for (let i = 0; i < width; i++) {
        // Side by side: input, output, candidate and forget gate, as in `lstmGates`.
        const gate = (place: number): number => gates[place * width + i] ?? 0;
        const kept = sigmoid(gate(3)) * (before[width + i] ?? 0);
        const c = kept + sigmoid(gate(0)) * Math.tanh(gate(2));
        out[i] = sigmoid(gate(1)) * Math.tanh(c);
        out[width + i] = c;
      }
    },
    keep: (z) => {
      before = z.slice();
      hs = [...hs, before.subarray(0, width)].slice(1);
      embeddings = [...embeddings, token].slice(1);
    },
    begin: (length) => {
      if (length === 0) before = new Float64Array(2 * width);
      // As in training, the last h stands for all that came before the segment, and no token for any.
      hs = Array.from({ length: older }, () => before.subarray(0, width));
      embeddings = nothing(dEmbed);
    },
    logits: (z) => tiedLogits(weights, z.subarray(dHidden, width)),
  };
}
