import { goldenTraces } from '../../test/goldenSuite.ts';

goldenTraces('cpu');
