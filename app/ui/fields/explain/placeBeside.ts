const GAP = 8;

/** The sides of a rectangle on the screen, in pixels. */
interface Sides {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Width and height, in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Where a panel stands so that the row it explains stays in sight: right of it, left of it, below or
 * above, wherever there is room first; on the screen in any case.
 */
export function placeBeside(row: Sides, panel: Size, screen: Size): { left: number; top: number } {
  const within = (at: number, size: number, whole: number): number =>
    Math.max(GAP, Math.min(at, whole - size - GAP));
  const top = within(row.top, panel.height, screen.height);
  const right = row.right + GAP;
  if (right + panel.width + GAP <= screen.width) return { left: right, top };
  const left = row.left - GAP - panel.width;
  if (left >= GAP) return { left, top };
  const below = row.bottom + GAP;
  const fits = below + panel.height + GAP <= screen.height;
  return {
    left: within(row.left, panel.width, screen.width),
    top: within(fits ? below : row.top - GAP - panel.height, panel.height, screen.height),
  };
}
