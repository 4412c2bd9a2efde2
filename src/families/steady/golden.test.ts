import fastdeq from '../../../test/golden/families/fastdeq.json';
import sinclair from '../../../test/golden/families/sinclair.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';

goldenFamilies('cpu', [
  { name: 'sinclair, tanh', file: sinclair, of: 'tanh' },
  { name: 'sinclair, unit', file: sinclair, of: 'unit' },
  { name: 'fastdeq', file: fastdeq },
]);

wasmInNode();
goldenFamilies(
  'wasm',
  [
    { name: 'sinclair, unit', file: sinclair, of: 'unit' },
    { name: 'fastdeq', file: fastdeq },
  ],
  { only: ['anderson_m5', 'exact_implicit'] },
);
