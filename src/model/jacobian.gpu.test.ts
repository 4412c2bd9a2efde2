import { goldenSpectra } from '../../test/spectrumSuite.ts';

goldenSpectra('webgpu');
