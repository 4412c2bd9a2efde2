/** A focused element, as far as keys go. */
export interface Control {
  readonly kind:
    | 'button'
    | 'link'
    | 'toggle'
    | 'radio'
    | 'slider'
    | 'select'
    | 'tab'
    | 'list'
    | 'chart'
    | 'other';
  /** A select's entries: typing the beginning of one chooses it. */
  readonly options?: readonly string[];
  /** Whether it can be scrolled sideways, or up and down, with the keys. */
  readonly scrolls?: { readonly across: boolean; readonly down: boolean };
}

const across = ['ArrowLeft', 'ArrowRight'];
const down = ['ArrowUp', 'ArrowDown'];
const ends = ['Home', 'End'];
const pages = ['PageUp', 'PageDown'];
const press = [' ', 'Enter'];

const keysOf: Readonly<Record<Control['kind'], readonly string[]>> = {
  button: press,
  link: ['Enter'],
  toggle: [' '],
  radio: [' ', ...across, ...down],
  slider: [...across, ...down, ...ends, ...pages],
  select: [...press, ...across, ...down, ...ends, ...pages],
  tab: [...press, ...across, ...ends],
  list: [...press, ...across, ...down, ...ends, ...pages],
  // Recharts goes from point to point; our own pictures stop the event where they use it.
  chart: [...across, 'Enter'],
  other: [],
};

/** How long a browser takes two letters for the beginning of one entry, in milliseconds. */
const TYPE_AHEAD_MS = 1000;

const begins = (options: readonly string[], letters: string): boolean =>
  options.some((option) => option.trim().toLowerCase().startsWith(letters.toLowerCase()));

/** Letters that went to a select, the last at `at` milliseconds. */
export interface TypedAhead {
  readonly letters: string;
  readonly at: number;
}

/**
 * What a select has been told by letters once `key` is pressed at `now`, or null where no entry
 * begins so: then the key is free.
 */
export function typeAhead(
  options: readonly string[],
  key: string,
  now: number,
  before: TypedAhead | null,
): TypedAhead | null {
  if (key.length !== 1 || key === ' ') return null;
  const going = before && now - before.at < TYPE_AHEAD_MS ? before.letters : '';
  if (going && begins(options, going + key)) return { letters: going + key, at: now };
  return begins(options, key) ? { letters: key, at: now } : null;
}

/** Whether the control itself has a use for a key of that name (`KeyboardEvent.key`), letters aside. */
export function usesKey(control: Control, key: string): boolean {
  const { kind, scrolls } = control;
  if (keysOf[kind].includes(key)) return true;
  if (scrolls?.across && across.includes(key)) return true;
  return Boolean(scrolls?.down) && [...down, ...ends, ...pages, ' '].includes(key);
}

const roles: Readonly<Record<string, Control['kind']>> = {
  application: 'chart',
  grid: 'list',
  listbox: 'list',
  slider: 'slider',
  tab: 'tab',
};

const inputs: Readonly<Record<string, Control['kind']>> = {
  range: 'slider',
  checkbox: 'toggle',
  radio: 'radio',
  button: 'button',
  submit: 'button',
  reset: 'button',
  file: 'button',
  color: 'button',
};

function kindOf(element: Element): Control['kind'] {
  if (element instanceof HTMLInputElement) return inputs[element.type] ?? 'other';
  if (element instanceof HTMLSelectElement) return 'select';
  const role = element.closest('[role]')?.getAttribute('role');
  if (role && roles[role]) return roles[role];
  if (element.closest('button, summary')) return 'button';
  return element.closest('a[href]') ? 'link' : 'other';
}

/** Describes the element that a key was pressed on. */
export function controlOf(element: Element): Control {
  const kind = kindOf(element);
  // Only what was made focusable to be scrolled: the page itself scrolls by its own means.
  const scrollable = element.matches('[tabindex="0"]') && element instanceof HTMLElement;
  return {
    kind,
    ...(element instanceof HTMLSelectElement
      ? { options: Array.from(element.options, ({ label }) => label) }
      : {}),
    ...(scrollable
      ? {
          scrolls: {
            across: element.scrollWidth > element.clientWidth,
            down: element.scrollHeight > element.clientHeight,
          },
        }
      : {}),
  };
}
