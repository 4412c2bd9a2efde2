import file from '../../../test/golden/families/bilevel.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';

goldenFamilies(
  'webgpu',
  [{ name: 'bilevel, deblur_untied_relu', file, of: 'deblur_untied_relu' }],
  {
    fused: true,
    only: ['fixed_point', 'exact_implicit'],
  },
);
