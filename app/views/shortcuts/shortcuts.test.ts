import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStarted, openStore, settle } from '../../../test/app/openStore.ts';
import { commandOf, type Surroundings } from './commandOf.ts';
import { canRun, commands } from './commands.ts';
import { typeAhead, usesKey, type Control } from './ownKeys.ts';
import { ariaOf, capsOf, isPressed, type KeyPress } from './keys.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const onPage: Surroundings = {
  typing: false,
  used: false,
  covered: false,
  repeat: false,
  singleKeys: true,
};
const ctrl = { ctrlKey: true };

describe('a combination', () => {
  it.each([
    ['R', press('r')],
    ['R', press('R')],
    ['Space', press(' ')],
    ['?', press('?', { shiftKey: true })],
    ['Shift+P', press('P', { shiftKey: true })],
    ['Mod+Z', press('z', ctrl)],
    ['Mod+Z', press('z', { metaKey: true })],
    ['Mod+Shift+Z', press('Z', { ...ctrl, shiftKey: true })],
    ['Mod+Z', press('я', { ...ctrl, code: 'KeyZ' })],
    ['[', press('[', { ...ctrl, altKey: true, getModifierState: (name) => name === 'AltGraph' })],
  ])('%s is recognised', (combination, pressed) => {
    expect(isPressed(combination, pressed)).toBe(true);
  });

  it.each([
    ['R', press('r', ctrl)],
    ['R', press('R', { shiftKey: true })],
    ['R', press('r', { altKey: true })],
    ['Mod+Z', press('Z', { ...ctrl, shiftKey: true })],
    ['ArrowRight', press('ArrowRight', { shiftKey: true })],
  ])('%s is told from others', (combination, pressed) => {
    expect(isPressed(combination, pressed)).toBe(false);
  });

  it('is written as it stands on the keyboard', () => {
    expect(capsOf('Mod+Shift+Z', true)).toEqual(['⌘', 'Shift', 'Z']);
    expect(capsOf('Mod+K', false)).toEqual(['Ctrl', 'K']);
    expect(ariaOf('Mod+K', false)).toBe('Control+K');
  });
});

describe('the table of commands', () => {
  it('has names of its own, and no two with one key that can be done at once', async () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    const { act } = await openStarted();
    for (const view of ['solve', 'train', 'gallery', 'learn'] as const) {
      act().showView(view);
      await settle();
      act().setPresenting(view === 'train');
      const keys = commands
        .filter((command) => canRun(command, act()))
        .flatMap((command) => command.keys ?? []);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });

  it('drives what is on screen', async () => {
    const { act, phase } = await openStarted();
    const key = (name: string) => commandOf(press(name), onPage, act())?.id;
    expect(key(' ')).toBe('play');
    expect(key('ArrowRight')).toBe('step');
    expect(key('End')).toBe('run-to-end');
    act().runToEnd();
    await settle();
    expect(phase()).toBe('converged');
    expect(key('End')).toBeUndefined();
    expect(key('r')).toBe('reset');
    act().showView('train');
    expect(key(' ')).toBe('train');
    expect(key('r')).toBeUndefined();
    act().showView('gallery');
    expect(key(' ')).toBeUndefined();
    expect(key('1')).toBe('view-solve');
    await settle();
  });

  it('changes settings, and takes them back', async () => {
    const { act } = openStore();
    const run = (pressed: KeyPress) => commandOf(pressed, onPage, act())?.run(act());
    const { seed } = act().experiment.random;
    run(press('s'));
    const drawn = act().experiment.random.seed;
    run(press('z', ctrl));
    expect(act().experiment.random.seed).toBe(seed);
    run(press('y', ctrl));
    expect(act().experiment.random.seed).toBe(drawn);
    await settle();
  });

  it('leaves out what the link leaves out', () => {
    const { act } = openStore();
    act().setFrame({ hidden: ['train', 'random.*'] });
    expect(commandOf(press('2'), onPage, act())).toBeNull();
    expect(commandOf(press('s'), onPage, act())).toBeNull();
    expect(commandOf(press('1'), onPage, act())?.id).toBe('view-solve');
  });
});

describe('a key', () => {
  const { act } = openStore();
  const at = (more: Partial<Surroundings>, pressed: KeyPress) =>
    commandOf(pressed, { ...onPage, ...more }, act())?.id;

  it('does nothing while a field is typed in, unless it says so', () => {
    act().change('cell.width', 40);
    for (const { keys = [] } of commands)
      for (const name of keys.filter((one) => !one.startsWith('Mod+')))
        expect(
          at({ typing: true, used: true }, press(name === 'Space' ? ' ' : name)),
        ).toBeUndefined();
    expect(at({ typing: true, used: true }, press('z', ctrl))).toBeUndefined();
    expect(at({ typing: true, used: true }, press('k', ctrl))).toBe('commands');
    expect(at({ typing: true, used: true }, press('Enter', ctrl))).toBe('run-to-end');
  });

  it('leaves a control its own keys, and only those', () => {
    expect(at({ used: true }, press('ArrowRight'))).toBeUndefined();
    expect(at({ used: true }, press('z', ctrl))).toBe('undo');
    expect(at({}, press('ArrowRight'))).toBe('step');
  });

  it('does nothing behind a dialog', () => {
    expect(at({ covered: true }, press('r'))).toBeUndefined();
    expect(at({ covered: true }, press('k', ctrl))).toBeUndefined();
  });

  it('that is held steps on, and toggles nothing', () => {
    expect(at({ repeat: true }, press('ArrowRight'))).toBe('step');
    expect(at({ repeat: true }, press(' '))).toBeUndefined();
  });

  it('that writes a character can be switched off', () => {
    const off = { singleKeys: false };
    expect(at(off, press('r'))).toBeUndefined();
    expect(at(off, press('?', { shiftKey: true }))).toBeUndefined();
    expect(at(off, press('P', { shiftKey: true }))).toBeUndefined();
    expect(at(off, press('ArrowRight'))).toBe('step');
    expect(at(off, press('k', ctrl))).toBe('commands');
  });
});

describe('a focused control', () => {
  const free = (control: Control, ...keys: string[]) =>
    keys.filter((key) => !usesKey(control, key)).join(' ');
  const named = ['ArrowLeft', 'ArrowRight', 'Home', 'End', ' ', 'r', '?', '[', '2', 'Escape'];

  it.each<[Control['kind'], string]>([
    ['button', 'ArrowLeft ArrowRight Home End r ? [ 2 Escape'],
    ['link', 'ArrowLeft ArrowRight Home End   r ? [ 2 Escape'],
    ['toggle', 'ArrowLeft ArrowRight Home End r ? [ 2 Escape'],
    ['slider', '  r ? [ 2 Escape'],
    ['tab', 'r ? [ 2 Escape'],
    ['chart', 'Home End   r ? [ 2 Escape'],
    ['select', 'r ? [ 2 Escape'],
    ['list', 'r ? [ 2 Escape'],
  ])('%s: leaves the rest to the page', (kind, rest) => {
    expect(free({ kind }, ...named)).toBe(rest);
  });

  it('that scrolls keeps the keys that scroll it', () => {
    const wide: Control = { kind: 'other', scrolls: { across: true, down: false } };
    expect(free(wide, ...named)).toBe('Home End   r ? [ 2 Escape');
    const long: Control = { kind: 'other', scrolls: { across: false, down: true } };
    expect(free(long, ...named)).toBe('ArrowLeft ArrowRight r ? [ 2 Escape');
  });

  it('that is a select takes the letters its entries begin with', () => {
    const options = ['Picard', 'Anderson', 'Broyden'];
    expect(typeAhead(options, 'b', 0, null)).toEqual({ letters: 'b', at: 0 });
    expect(typeAhead(options, 'r', 0, null)).toBeNull();
    expect(typeAhead(options, 'r', 500, { letters: 'b', at: 0 })?.letters).toBe('br');
    expect(typeAhead(options, 'r', 1500, { letters: 'b', at: 0 })).toBeNull();
    expect(typeAhead(options, '?', 0, null)).toBeNull();
    expect(typeAhead(options, 'ArrowDown', 0, null)).toBeNull();
  });
});
