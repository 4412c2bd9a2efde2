/** Two resolutions against locuslab/deq's own values: cell, traces, gradients. */
import file from '../../../test/golden/families/mdeq.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';

goldenFamilies('cpu', [{ name: 'mdeq', file }]);

wasmInNode();
goldenFamilies('wasm', [{ name: 'mdeq', file }], { only: ['fixed_point', 'exact_implicit'] });
