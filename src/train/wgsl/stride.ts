/** Enough to fill any GPU; starting more threads costs more than letting each do more. */
const mostThreads = 16_384;

/** Threads for so many elements; each does every `strideOf(elements)`-th from its own index on. */
export const strideOf = (elements: number): number => Math.min(elements, mostThreads);
