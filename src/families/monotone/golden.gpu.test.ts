import file from '../../../test/golden/families/mondeq.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';

goldenFamilies('webgpu', [{ name: 'mondeq, fc', file, of: 'fc' }], {
  fused: true,
  only: ['fixed_point', 'exact_implicit'],
});
