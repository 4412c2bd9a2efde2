/** Iteration maps that every problem has, as the page offers them. */
import type { MapSettings } from '../../schema/family.ts';

export const generalMaps = {
  plain: {
    label: 'Plain',
    help: 'z ← f(z): the layer itself.',
    options: {},
  },
} as const satisfies Readonly<Record<string, MapSettings>>;
