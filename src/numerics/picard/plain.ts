import type { PlainMethod } from '../plain/method.ts';
import type { PicardOptions } from './settings.ts';

/** `picard` on plain numbers. */
export const plainPicard = ({ damping }: PicardOptions): PlainMethod => ({
  start: () => (z, g, next) => {
    for (let i = 0; i < next.length; i++) next[i] = (z[i] ?? 0) + damping * (g[i] ?? 0);
  },
});
