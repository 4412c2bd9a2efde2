import { memoryClaims } from '../../test/memorySuite.ts';

memoryClaims('cpu', 'stock');
