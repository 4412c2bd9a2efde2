import { goldenTraces, oneTraceEach } from '../../test/goldenSuite.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';

goldenTraces('cpu');
wasmInNode();
goldenTraces('wasm', false, oneTraceEach);
