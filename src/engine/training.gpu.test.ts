import { trainingSuite, trainsAsOnCpu } from '../../test/trainingSuite.ts';

trainingSuite('webgpu');
trainsAsOnCpu('webgpu');
