import { fields } from '../../src/schema/fields.ts';

/** A seed nobody chose. */
export const randomSeed = (): number => Math.floor(Math.random() * (fields.random.seed.max + 1));
