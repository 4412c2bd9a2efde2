import { oneForStock, oneOfEachFamily } from '../../../test/golden.ts';
import { goldenCells } from '../../../test/goldenSuite.ts';

goldenCells('webgpu', true, oneOfEachFamily);
goldenCells('webgpu', false, oneForStock);
