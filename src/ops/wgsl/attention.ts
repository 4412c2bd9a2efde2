import type * as tf from '../../tf/index.ts';
import { compute } from '../../tf/programs.ts';
import { defineOperation } from '../../tf/operation.ts';
import { attentionForward } from './attentionForward.ts';
import { attentionRows, positionsGradient, queryGradient } from './attentionGradients.ts';
import { packedGradient } from './attentionPacked.ts';
import type { Attention } from './attentionSource.ts';
import { sumRows } from './sumRows.ts';

type Input = 'qkv' | 'positions' | 'contentBias' | 'positionBias';

/** The tape keeps the inputs, the result, and one number for each query and head. */
const operation = defineOperation<Input, Pick<Attention, 'length'>>({
  name: 'DeqRelativeAttention',
  on: ['webgpu'],
  saves: {
    inputs: ['qkv', 'positions', 'contentBias', 'positionBias'],
    outputs: [true, true],
  },
  run: (inputs, { length }) => compute(attentionForward({ ...inputs, length })),
  pull: (dy, saved, { length }) => {
    const [qkv, positions, contentBias, positionBias, y, statistics] = saved as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const inputs = { qkv, positions, contentBias, positionBias, length };
    const pulled = { dy, rows: attentionRows(inputs, dy, y, statistics) };
    const bias = (through: 'content' | 'position') => (): tf.Tensor =>
      sumRows(queryGradient(inputs, pulled, through), contentBias.shape);
    return {
      qkv: () => packedGradient(inputs, pulled),
      positions: () => sumRows(positionsGradient(inputs, pulled), positions.shape),
      contentBias: bias('content'),
      positionBias: bias('position'),
    };
  },
});

/** Causal attention with relative positions in one dispatch; scores are never stored. */
export const fusedAttention = ({ length, ...inputs }: Attention): tf.Tensor =>
  operation(inputs, { length });
