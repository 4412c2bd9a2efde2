import { trainingSuite } from '../../test/trainingSuite.ts';

trainingSuite('cpu');
