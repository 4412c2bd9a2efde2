import { overfits, trainingSuite, trainsAsOnCpu } from '../../test/trainingSuite.ts';

trainingSuite('webgpu');
trainsAsOnCpu('webgpu');
trainingSuite('wasm');
// By the CPU's kernels this takes minutes, and by a software GPU's.
overfits('wasm', 400);
