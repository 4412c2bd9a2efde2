import { goldenGradients } from '../../test/gradientSuite.ts';

goldenGradients('webgpu');
