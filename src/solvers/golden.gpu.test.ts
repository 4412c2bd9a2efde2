import { goldenTraces } from '../../test/goldenSuite.ts';

goldenTraces('webgpu');
