import { goldenGradients } from '../../test/gradientSuite.ts';

goldenGradients('webgpu');
goldenGradients('webgpu', true);
