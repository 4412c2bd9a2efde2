import { goldenTraces, oneTraceEach } from '../../test/goldenSuite.ts';

goldenTraces('webgpu', true, oneTraceEach);
goldenTraces('webgpu', false, oneTraceEach.slice(0, 1));
