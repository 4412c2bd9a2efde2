import file from '../../../test/golden/families/mondeq.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';

const one = [{ name: 'mondeq, conv', file, of: 'conv' }];
const only = ['fixed_point', 'exact_implicit'];

goldenFamilies('webgpu', [{ name: 'mondeq, fc', file, of: 'fc' }], { fused: true, only });
goldenFamilies('wasm', one, { only });
