import { overfits, trainingSuite } from '../../test/trainingSuite.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';

// By the CPU's kernels all of this takes several times as long; what they train is in trainingPairs.test.ts.
wasmInNode();
trainingSuite('wasm');
overfits('wasm', 400);
