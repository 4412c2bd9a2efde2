import { oneForStock, oneOfEachFamily } from '../../test/golden.ts';
import { goldenGradients } from '../../test/gradientSuite.ts';

goldenGradients('webgpu', true, oneOfEachFamily);
goldenGradients('webgpu', false, oneForStock);
