import { oneOfEachFamily } from '../../../test/golden.ts';
import { goldenCells } from '../../../test/goldenSuite.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';

goldenCells('cpu');
wasmInNode();
goldenCells('wasm', false, oneOfEachFamily);
