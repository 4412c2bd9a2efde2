import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAddress, settleAddress as settle } from '../../../test/app/openAddress.ts';
import { keepAddress } from './keepAddress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('before what reads links can be fetched', () => {
  /** A page whose address is `link` and shows what `read` says, without what keeps both the same. */
  const without = (read: string, link: string) => {
    const page = openAddress();
    page.end();
    page.location.hash = link;
    const unread = vi.fn<(again: () => void) => void>();
    const gone = { is: true };
    const state = page.store.getState();
    const sync = vi.fn((hash: string) => {
      if (gone.is) return Promise.reject(new Error('Failed to fetch'));
      return Promise.resolve(page.begin({ hash, state }));
    });
    keepAddress(page.store, read, sync, page.bar, unread);
    return { ...page, unread, gone, sync };
  };

  it('a link is said not to be open, stays in the address, and opens when asked again', async () => {
    const { store, location, reader, unread, gone, sync } = without('', '#/train?v=1');
    await settle();
    expect(unread).toHaveBeenCalledTimes(1);
    // Nothing that the visitor does meanwhile takes its place.
    store.getState().change('solver.tolerance', 1e-5);
    store.getState().showView('gallery');
    await settle();
    expect(sync).toHaveBeenCalledTimes(1);
    expect(location.hash).toBe('#/train?v=1');
    unread.mock.calls[0]?.[0]();
    await settle();
    expect(unread).toHaveBeenCalledTimes(2);
    gone.is = false;
    unread.mock.calls[1]?.[0]();
    await settle();
    expect(store.getState().view).toBe('train');
    expect(location.hash).toBe('#/train?v=1');
    // A link that was read takes back what was said; pressed all the same, it does nothing.
    expect(reader.read).toHaveBeenCalled();
    const made = sync.mock.calls.length;
    for (const [again] of unread.mock.calls) again();
    await settle();
    expect(sync).toHaveBeenCalledTimes(made);
  });

  it('a link that comes later is asked for and said too; the page’s own address waits without a word', async () => {
    const { store, location, unread, gone, sync, visit } = without('', '');
    await settle();
    expect(unread).not.toHaveBeenCalled();
    visit('#/train?v=1');
    await settle();
    expect(unread).toHaveBeenCalledTimes(1);
    location.hash = '';
    unread.mock.calls[0]?.[0]();
    await settle();
    expect(unread).toHaveBeenCalledTimes(1);
    gone.is = false;
    store.getState().change('solver.tolerance', 1e-5);
    await settle();
    expect(sync).toHaveBeenCalledTimes(4);
    expect(location.hash).toContain('solver.tolerance=0.00001');
  });
});
