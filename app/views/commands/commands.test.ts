import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore, settle } from '../../../test/app/openStore.ts';
import { entriesOf, search } from './entries.ts';
import { match } from './match.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('match', () => {
  it('ranks beginnings, insides and spread letters', () => {
    const scores = ['damp', 'ping', 'dmpg'].map((query) => match(query, 'Damping β'));
    expect(scores).toEqual([4, 2, 1]);
    expect(match('width', 'Feed-forward width')).toBe(3);
    expect(match('wid feed', 'Feed-forward width')).toBe(7);
    expect(match('', 'anything')).toBe(0);
  });

  it('wants every word, whatever is typed', () => {
    expect(match('width depth', 'Width')).toBeNull();
    for (const query of ['(', '[', '\\', '*', '-', '🙂', '$&'])
      expect(match(query, 'Width')).toBeNull();
    expect(match('naive', 'Naïve')).toBe(4);
  });
});

describe('the menu', () => {
  const words = (query: string, state: ReturnType<ReturnType<typeof openStore>['act']>) =>
    search(entriesOf(state), query).map((entry) => entry.words);

  it('finds commands, presets and settings, the best first', () => {
    const { act } = openStore();
    expect(words('contraction', act())[0]).toBe('Contraction 101');
    expect(words('toler', act())[0]).toMatch(/^Tolerance/);
    expect(words('dark', act())[0]).toBe('Dark theme');
    expect(words('xyzzy', act())).toEqual([]);
  });

  it('goes to a setting, in the view that has it', async () => {
    const { act } = openStore();
    const found = search(entriesOf(act()), 'learning rate')[0];
    expect(found?.aside).toContain('in Train');
    found?.run(act());
    expect(act()).toMatchObject({ view: 'train', sought: 'train.learningRate' });
    await settle();
  });

  it('offers nothing that the link leaves out, and no setting without an effect', () => {
    const { act } = openStore();
    act().change('solver.method', 'broyden');
    expect(words('damping', act())).not.toContain('Damping β');
    act().change('solver.method', 'anderson');
    expect(words('damping', act())).toContain('Damping β');
    act().setFrame({ hidden: ['preset', 'solver.*', 'train'] });
    expect(words('damping', act())).not.toContain('Damping β');
    expect(words('contraction', act())).toEqual([]);
    expect(words('learning rate', act())).toEqual([]);
  });
});
