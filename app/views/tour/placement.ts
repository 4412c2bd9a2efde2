import type { Spot } from './useSpot.ts';

/** The card's size, and the room it leaves around it. */
const CARD = { width: 340, height: 210 } as const;
const GAP = 14;

/** Where the card stands: below what it speaks of, else above, else beside it; never off the screen. */
export function cardPlace(
  spot: Spot | null,
  screen: { readonly width: number; readonly height: number },
): { readonly left: number; readonly top: number; readonly width: number } {
  const width = Math.min(CARD.width, screen.width - 2 * GAP);
  const within = (value: number, size: number, whole: number): number =>
    Math.max(GAP, Math.min(value, whole - size - GAP));
  const bottom = screen.height - CARD.height - GAP;
  if (!spot) return { left: within(screen.width, width, screen.width), top: bottom, width };
  const left = within(spot.left + spot.width / 2 - width / 2, width, screen.width);
  const below = spot.top + spot.height + GAP;
  if (below <= bottom) return { left, top: Math.max(GAP, below), width };
  const above = spot.top - CARD.height - GAP;
  if (above >= GAP) return { left, top: above, width };
  const right = spot.left + spot.width + GAP;
  const beside =
    right + width + GAP <= screen.width
      ? right
      : within(spot.left - width - GAP, width, screen.width);
  return { left: beside, top: within(spot.top, CARD.height, screen.height), width };
}
