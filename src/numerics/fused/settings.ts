import { stall } from '../conventions/settings.ts';

/** Parts that a kernel's sum over n is cut into, so that a GPU has enough to do at once. */
export const parts = 32;

/** Numbers that a sample's verdict is made of besides its flags: a ring of residuals, and the first length. */
export const traceLength = stall.window + 1;
