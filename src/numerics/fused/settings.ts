/** Parts that a kernel's sum over n is cut into, so that a GPU has enough to do at once. */
export const parts = 32;
