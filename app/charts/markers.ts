/** Shapes that tell series apart where colour can't. */
export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'nabla';

/** Outlines around the origin, about nine pixels across. */
export const markerPaths: Readonly<Record<Marker, string>> = {
  circle: 'M-4 0A4 4 0 1 1 4 0A4 4 0 1 1-4 0Z',
  square: 'M-3.6-3.6H3.6V3.6H-3.6Z',
  triangle: 'M0-4.6L4.6 3.6H-4.6Z',
  diamond: 'M0-5L5 0L0 5L-5 0Z',
  nabla: 'M0 4.6L4.6-3.6H-4.6Z',
  cross: 'M-3.8-3.8L3.8 3.8M-3.8 3.8L3.8-3.8',
};
