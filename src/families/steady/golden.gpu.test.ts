import fastdeq from '../../../test/golden/families/fastdeq.json';
import sinclair from '../../../test/golden/families/sinclair.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';

// The kernels are those of the CPU's case; a trace and a gradient of each tell.
const cases = [
  { name: 'sinclair, unit', file: sinclair, of: 'unit' },
  { name: 'fastdeq', file: fastdeq },
];
const only = ['anderson_m5', 'exact_implicit'];

goldenFamilies('webgpu', cases, { fused: true, only });
goldenFamilies('wasm', cases.slice(1), { only });
