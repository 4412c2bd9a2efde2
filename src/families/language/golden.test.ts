import { goldenCells } from '../../../test/goldenSuite.ts';

goldenCells('cpu');
