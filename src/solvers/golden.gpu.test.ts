import { goldenTraces } from '../../test/goldenSuite.ts';

goldenTraces('webgpu');
goldenTraces('webgpu', true);
