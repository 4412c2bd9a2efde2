import file from '../../../test/golden/families/mdeq.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';

goldenFamilies('webgpu', [{ name: 'mdeq', file }], {
  fused: true,
  only: ['fixed_point', 'exact_implicit'],
});
