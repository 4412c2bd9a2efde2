import { expect, it } from 'vitest';
import {
  changeSetting,
  defaultExperiment,
  type Experiment,
} from '../../../src/schema/experiment.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { corpusKey } from '../train/settings.ts';
import { fitsWeights } from './weights.ts';

const changed = (of: Experiment, path: FieldPath, value: unknown): Experiment =>
  changeSetting(of, path, value).experiment;

it.each([
  ['transformer', 'cell.kernel', 3, true],
  ['transformer', 'cell.heads', '2', false],
  ['transformer', 'cell.inner', 128, false],
  ['tanh', 'cell.heads', '2', true],
  ['tanh', 'cell.inner', 128, true],
  ['tanh', 'cell.layerNorm', 'pre', true],
  ['tanh', 'cell.width', 16, false],
  ['trellis', 'cell.heads', '2', true],
  ['trellis', 'cell.inner', 128, false],
  ['trellis', 'cell.kernel', 3, false],
] as const)('weights of a %s cell after %s = %s fit: %s', (kind, path, value, fits) => {
  const trained = changed(defaultExperiment, 'cell.kind', kind);
  expect(fitsWeights(changed(trained, path, value), trained)).toBe(fits);
});

it('weights fit no other kind of cell, and nothing fits where there are none', () => {
  const trellis = changed(defaultExperiment, 'cell.kind', 'trellis');
  expect(fitsWeights(trellis, defaultExperiment)).toBe(false);
  expect(fitsWeights(trellis, null)).toBe(false);
});

it.each(['train.length', 'data.tokenizer', 'data.source', 'cell.width'] as const)(
  'a corpus is described anew when %s changes',
  (path) => {
    const value = {
      'train.length': 48,
      'data.tokenizer': 'bpe',
      'data.source': 'copy',
      'cell.width': 8,
    };
    const other = changed(defaultExperiment, path, value[path]);
    expect(corpusKey(other, 0)).not.toBe(corpusKey(defaultExperiment, 0));
  },
);
