import { overfits, trainingSuite } from '../../test/trainingSuite.ts';

trainingSuite('webgpu');
overfits('webgpu', 400);
trainingSuite('wasm');
overfits('wasm', 400);
