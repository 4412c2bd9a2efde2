import type { MouseEvent } from 'react';

/**
 * For a button that goes away, or off, as it is pressed: pressed by key it hands the focus on to another control, as the keys
 * would be nowhere otherwise. A pointer stays where it is, and a phone's keyboard shut.
 */
export function keepKeys({ detail }: MouseEvent, control: string): void {
  // A click that comes of a key counts no presses of a pointer.
  if (detail === 0) document.getElementById(control)?.focus();
}
