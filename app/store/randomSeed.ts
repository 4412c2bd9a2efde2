import { fields } from '../../src/config/fields.ts';

/** A seed nobody chose. */
export const randomSeed = (): number => Math.floor(Math.random() * (fields.random.seed.max + 1));
