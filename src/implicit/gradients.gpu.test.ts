import { oneOfEachFamily, smallestCase } from '../../test/golden.ts';
import { goldenGradients } from '../../test/gradientSuite.ts';

goldenGradients('webgpu', true, oneOfEachFamily);
// By TensorFlow.js's own kernels only the gradient's own path is left to try.
goldenGradients('webgpu', false, smallestCase);
