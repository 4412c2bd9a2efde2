import type { FieldPath, Settings } from './fields.ts';

/** Fields that have an effect only under some settings; every other field always has one. */
const conditions: { readonly [P in FieldPath]?: (settings: Settings) => boolean } = {
  'cell.heads': ({ cell }) => cell.kind === 'transformer',
  'cell.inner': ({ cell }) => cell.kind !== 'tanh',
  'cell.layerNorm': ({ cell }) => cell.kind === 'transformer',
  'cell.kernel': ({ cell }) => cell.kind === 'trellis',
  'cell.gain': ({ cell }) => cell.weights === 'random',
  'solver.window': ({ solver }) => solver.method === 'anderson',
  'solver.ridge': ({ solver }) => solver.method === 'anderson' && solver.convention === 'own',
  'solver.ridgeMode': ({ solver }) => solver.method === 'anderson' && solver.convention === 'own',
  'solver.rank': ({ solver }) => solver.method === 'broyden',
  'solver.lineSearch': ({ solver }) => solver.method === 'broyden',
  'solver.damping': ({ solver }) => solver.method !== 'broyden',
  'backward.solver': ({ backward }) => backward.method === 'implicit',
  'backward.tolerance': ({ backward }) => backward.method === 'implicit',
  'backward.maxIterations': ({ backward }) => backward.method === 'implicit',
  'backward.window': ({ backward }) =>
    backward.method === 'implicit' && backward.solver === 'anderson',
  'backward.rank': ({ backward }) =>
    backward.method === 'implicit' && backward.solver === 'broyden',
  'backward.terms': ({ backward }) => backward.method === 'neumann',
  'backward.steps': ({ backward }) => backward.method === 'phantom',
  'backward.damping': ({ backward }) => backward.method === 'phantom',
  'data.merges': ({ data }) => data.tokenizer === 'bpe',
  'train.memory': ({ cell }) => cell.kind !== 'tanh',
  'train.adjointTolerance': ({ backward }) => backward.method === 'implicit',
  'train.adjointIterations': ({ backward }) => backward.method === 'implicit',
  'train.pretrainDepth': ({ train }) => train.pretrainSteps > 0,
  'train.jacobianShare': ({ train }) => train.jacobianWeight > 0,
  'train.jacobianPower': ({ train }) => train.jacobianWeight > 0,
  'train.dropout': ({ cell }) => cell.kind !== 'tanh',
  'train.weightNorm': ({ cell }) => cell.kind !== 'tanh',
  'train.twinDepth': ({ train }) => train.twin,
};

/** Whether a field has any effect under these settings; the page hides those that have none. */
export const isRelevant = (path: FieldPath, settings: Settings): boolean =>
  conditions[path]?.(settings) ?? true;
