/** Enough turns for a change of theme to reach observers, React and what is drawn in its effects. */
const TURNS = 50;

/**
 * Reads from the page as it is in another theme. The page is put into it, what follows the theme draws itself anew, and
 * the page is put back, all before the browser paints: nobody sees it.
 */
export async function inTheme<T>(name: 'light' | 'dark', read: () => T): Promise<T> {
  const { dataset } = document.documentElement;
  const before = dataset['theme'];
  // A colour on its way from one theme to the other is of neither.
  const still = document.createElement('style');
  still.textContent = '*, ::before, ::after { transition: none !important }';
  document.head.append(still);
  try {
    if (before !== name) {
      dataset['theme'] = name;
      // Microtasks only: the browser paints after them.
      for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
    }
    return read();
  } finally {
    if (before === undefined) delete dataset['theme'];
    else if (before !== name) dataset['theme'] = before;
    for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
    still.remove();
  }
}
