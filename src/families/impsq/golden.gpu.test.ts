import file from '../../../test/golden/families/impsq.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';

goldenFamilies('webgpu', [{ name: 'impsq, siren_like_L2', file, of: 'siren_like_L2' }], {
  fused: true,
  only: ['fixed_point', 'exact_implicit'],
});
