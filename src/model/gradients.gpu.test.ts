import { goldenCases, oneOfEachFamily } from '../../test/golden.ts';
import { goldenGradients } from '../../test/gradientSuite.ts';

goldenGradients('webgpu', true, oneOfEachFamily);
// By TensorFlow.js's own kernels only the gradient's own path is left to try: the smallest cell has it too.
goldenGradients(
  'webgpu',
  false,
  goldenCases.filter(({ name }) => name === 'tanh-contractive'),
);
