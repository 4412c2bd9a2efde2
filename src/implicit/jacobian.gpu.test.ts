import { oneOfEachFamily } from '../../test/golden.ts';
import { goldenSpectra } from '../../test/spectrumSuite.ts';

goldenSpectra('webgpu', true, oneOfEachFamily);
