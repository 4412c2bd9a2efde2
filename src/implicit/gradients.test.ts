import { goldenGradients } from '../../test/gradientSuite.ts';

goldenGradients('cpu');
