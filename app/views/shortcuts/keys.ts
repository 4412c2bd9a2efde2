/** What there is to know of a pressed key; a `KeyboardEvent` is one. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly getModifierState?: (name: string) => boolean;
}

/** The key's name as combinations have it: a character, or what the browser calls it. */
function nameOf({ key, code }: KeyPress): string {
  if (key === ' ') return 'Space';
  if (key.length > 1 || /^[!-~]$/.test(key)) return key.length > 1 ? key : key.toUpperCase();
  // Other alphabets: the letter that stands at this place of a Latin keyboard.
  return /^Key([A-Z])$/.exec(code)?.[1] ?? key;
}

/** Whether `combination`, such as `Shift+P`, `Mod+K` or `?`, was pressed. `Mod` is Ctrl or Cmd. */
export function isPressed(combination: string, press: KeyPress): boolean {
  const parts = combination.split('+');
  const name = parts.at(-1) ?? '';
  if (nameOf(press) !== name) return false;
  // AltGr is how some keyboards write brackets; Windows reports it as Ctrl and Alt.
  const writing = press.getModifierState?.('AltGraph') === true;
  const mod = !writing && (press.ctrlKey || press.metaKey);
  const alt = !writing && press.altKey;
  // Which sign needs Shift is the keyboard's business.
  const sign = /^[^A-Za-z]$/.test(name);
  const shift = sign || press.shiftKey === parts.includes('Shift');
  return mod === parts.includes('Mod') && !alt && shift;
}

/** Whether it is pressed without Ctrl or Cmd and writes a character: those can be switched off. */
export const writesCharacter = (combination: string): boolean =>
  !combination.startsWith('Mod+') &&
  (combination === 'Space' || (combination.split('+').at(-1) ?? '').length === 1);

const arrows: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

const apple =
  typeof navigator !== 'undefined' &&
  /Mac|iPhone|iPad/.test(navigator.platform || navigator.userAgent);

/** The caps of a combination, as they stand on the visitor's keyboard. */
export const capsOf = (combination: string, mac = apple): readonly string[] =>
  combination
    .split('+')
    .map((part) => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (arrows[part] ?? part)));

/** The combination for `aria-keyshortcuts`. */
export const ariaOf = (combination: string, mac = apple): string =>
  combination.replace('Mod', mac ? 'Meta' : 'Control');
