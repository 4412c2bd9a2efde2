import { goldenCells } from '../../test/goldenSuite.ts';

goldenCells('webgpu');
goldenCells('wasm');
goldenCells('webgpu', true);
