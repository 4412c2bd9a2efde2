import type { Marker } from '../../charts/markers.ts';
import { MOST_VISIBLE } from '../../store/runs/runs.ts';
import { besides, palette } from '../../theme/palette.ts';

/** How a visible run is drawn everywhere: a colour, a dash and a shape, so that none of them carries meaning alone. */
export interface RunLook {
  readonly stroke: string;
  readonly dash: string;
  readonly marker: Marker;
}

const markers: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'cross', 'nabla'];

/** The looks, by slot. */
export const runLooks: readonly RunLook[] = [palette.current, ...besides].map(
  ({ stroke, dash }, slot) => ({ stroke, dash, marker: markers[slot] ?? 'circle' }),
);

/** Of a run that is not visible. */
export const greyLook = { stroke: 'var(--control)', dash: '' } as const;

/** Which look each run has, by its id: also of some that are out of sight, who get it back while it is free. */
export type Slots = Readonly<Record<string, number>>;

/**
 * Gives every visible run a look of its own and leaves it the one it has: a colour belongs to a run, whatever is
 * shown or sorted around it. One that comes back has the look it had, where nobody took that meanwhile.
 */
export function assignSlots(kept: Slots, visible: readonly string[]): Slots {
  const shown = visible.slice(0, MOST_VISIBLE);
  const taken = new Set<number>();
  const slots = new Map<string, number>();
  const claim = (id: string, slot: number): void => {
    taken.add(slot);
    slots.set(id, slot);
  };
  for (const id of shown) {
    const slot = kept[id];
    if (slot !== undefined && !taken.has(slot)) claim(id, slot);
  }
  const free = runLooks.map((_, slot) => slot).filter((slot) => !taken.has(slot));
  // A look that nobody out of sight waits for goes first.
  const waited = new Set(
    Object.entries(kept).flatMap(([id, slot]) => (shown.includes(id) ? [] : slot)),
  );
  free.sort((a, b) => Number(waited.has(a)) - Number(waited.has(b)) || a - b);
  for (const id of shown) {
    if (slots.has(id)) continue;
    const slot = free.shift();
    if (slot !== undefined) claim(id, slot);
  }
  const hidden = Object.entries(kept).filter(([id, slot]) => !slots.has(id) && !taken.has(slot));
  const next = Object.fromEntries([...slots, ...hidden]);
  return sameSlots(kept, next) ? kept : next;
}

function sameSlots(a: Slots, b: Slots): boolean {
  const names = Object.keys(b);
  return names.length === Object.keys(a).length && names.every((id) => a[id] === b[id]);
}
