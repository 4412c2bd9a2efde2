const KEY = 'deq-measure';

/** Whether a fresh page measures memory by itself: until a visitor cancels that, and again after a press of Measure. */
export function measuresItself(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

/** Keeps it for the next visit; where storage is forbidden, nothing is kept. */
export function rememberMeasuring(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'off');
  } catch {
    return;
  }
}
