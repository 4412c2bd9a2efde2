import fastdeq from '../../../test/golden/families/fastdeq.json';
import sinclair from '../../../test/golden/families/sinclair.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';

// The kernels are those of the CPU's cases; a trace and a gradient of each tell. Compiling is what takes long.
const unit = { name: 'sinclair, unit', file: sinclair, of: 'unit' };
const tanh = { name: 'fastdeq', file: fastdeq };

goldenFamilies('webgpu', [unit], { fused: true, only: ['anderson_m5'] });
goldenFamilies('webgpu', [tanh], { fused: true, only: ['exact_implicit'] });
