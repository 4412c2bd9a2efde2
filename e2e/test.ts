import { test as base, type BrowserContext } from '@playwright/test';
import { url } from './address.ts';

export { expect, type Page } from '@playwright/test';

/**
 * Playwright's `test`, except that the tests of a worker share one context: most of the time a fresh one
 * takes is spent on fetching and compiling the page and TensorFlow.js again. Every test has a new page, with
 * nothing stored and nothing allowed.
 */
export const test = base.extend<object, { shared: BrowserContext }>({
  shared: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: url });
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ shared }, use) => {
    await use(shared);
  },
  page: async ({ shared }, use) => {
    // Those of the test before; until now, so that they could be photographed where it failed.
    for (const left of shared.pages()) await left.close();
    await shared.clearPermissions();
    const page = await shared.newPage();
    const session = await shared.newCDPSession(page);
    const { origin } = new URL(url);
    await session.send('Storage.clearDataForOrigin', {
      origin,
      storageTypes: 'local_storage,indexeddb',
    });
    await session.detach();
    await use(page);
  },
});
