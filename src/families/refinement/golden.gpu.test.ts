import file from '../../../test/golden/families/ifr.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';

goldenFamilies('webgpu', [{ name: 'ifr', file }], {
  fused: true,
  only: ['fixed_point', 'exact_implicit'],
});
