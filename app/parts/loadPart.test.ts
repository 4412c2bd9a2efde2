import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { entryOf, isOutdated, loadPart, MissingPart } from './loadPart.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a part that fails once is fetched again, without a word', async () => {
  const load = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'))
    .mockResolvedValue('there');
  const part = loadPart(load);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await part).toBe('there');
  expect(load).toHaveBeenCalledTimes(2);
});

it('a part that fails twice is said to be missing, and is fetched anew the next time', async () => {
  const cause = new TypeError('Failed to fetch dynamically imported module');
  const load = vi.fn<() => Promise<string>>().mockRejectedValue(cause);
  const failed = loadPart(load).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(1000);
  const error = await failed;
  expect(error).toBeInstanceOf(MissingPart);
  expect((error as MissingPart).cause).toBe(cause);
  load.mockResolvedValue('there');
  expect(await loadPart(load)).toBe('there');
});

it('the entry of a page is its module script, whatever else stands in it', () => {
  const page = (name: string): string =>
    `<script>let theme;</script>\n<script type="module" crossorigin src="./assets/${name}.js"></script>`;
  expect(entryOf(page('index-abc'))).toBe('./assets/index-abc.js');
  expect(entryOf('<script src="other.js"></script>')).toBeNull();
});

it('a page is outdated when the server starts another script than it runs', async () => {
  const running = './assets/index-old.js';
  vi.stubGlobal('document', { querySelector: () => ({ getAttribute: () => running }) });
  vi.stubGlobal('location', { pathname: '/deq/' });
  const serve = (script: string, ok = true): void => {
    const body = `<script type="module" src="${script}"></script>`;
    vi.stubGlobal('fetch', () => Promise.resolve({ ok, text: () => Promise.resolve(body) }));
  };
  serve(running);
  expect(await isOutdated()).toBe(false);
  serve('./assets/index-new.js');
  expect(await isOutdated()).toBe(true);
  serve('./assets/index-new.js', false);
  expect(await isOutdated()).toBe(false);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await isOutdated()).toBe(false);
});
