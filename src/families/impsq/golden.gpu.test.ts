import file from '../../../test/golden/families/impsq.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';

goldenFamilies(
  'webgpu',
  ['gabor_L2', 'siren_like_L2'].map((of) => ({ name: `impsq, ${of}`, file, of })),
  { fused: true, only: ['fixed_point', 'exact_implicit'] },
);
