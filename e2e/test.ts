import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { url } from './address.ts';

export { expect, type Page } from '@playwright/test';

interface Tab {
  page: Page | null;
}

/**
 * Playwright's `test`, except that the tests of a worker share one tab: most of the time a fresh one
 * takes is spent on the browser's own window and on compiling the page and TensorFlow.js again.
 * Every test finds it at its first size, with nothing stored, nothing allowed and nothing listened to;
 * after one that failed or left it unusable it is a new one.
 *
 * The page doesn't measure memory by itself, which would compute beside whatever is tried;
 * `test.use({ measures: true })` lets it.
 */
export const test = base.extend<{ measures: boolean }, { shared: BrowserContext; tab: Tab }>({
  measures: [false, { option: true }],
  shared: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: url });
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  tab: [
    // Playwright reads the names of what a fixture needs from this pattern.
    async ({}, use) => {
      await use({ page: null });
    },
    { scope: 'worker' },
  ],
  context: async ({ shared }, use) => {
    await use(shared);
  },
  page: async ({ shared, tab, measures }, use, info) => {
    const page = await cleanTab(shared, tab);
    if (!measures) await keepFromMeasuring(page);
    await use(page);
    if (info.status !== info.expectedStatus) tab.page = null;
  },
});

const size = { width: 1280, height: 720 };

/** The tab of the worker as if it had just been opened, and no other. */
async function cleanTab(shared: BrowserContext, tab: Tab): Promise<Page> {
  const kept = tab.page?.isClosed() ? null : tab.page;
  // Those of the test before; until now, so that they could be photographed where it failed.
  for (const page of shared.pages()) if (page !== kept) await page.close();
  await shared.clearPermissions();
  const page = (tab.page = kept ?? (await shared.newPage()));
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  page.removeAllListeners();
  await page.goto('about:blank');
  await page.setViewportSize(size);
  await page.emulateMedia({
    media: null,
    colorScheme: null,
    reducedMotion: null,
    forcedColors: null,
  });
  const session = await shared.newCDPSession(page);
  const { origin } = new URL(url);
  await session.send('Storage.clearDataForOrigin', {
    origin,
    storageTypes: 'local_storage,indexeddb',
  });
  await session.detach();
  return page;
}

/** Sets what a visitor's Cancel would; storage is a page's, so there must be one, of the same origin. */
async function keepFromMeasuring(page: Page): Promise<void> {
  await page.route('**/nothing', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,">' }),
  );
  await page.goto('./nothing');
  await page.evaluate(() => {
    localStorage.setItem('deq-measure', 'off');
  });
  await page.unroute('**/nothing');
}
