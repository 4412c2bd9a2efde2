import type { Page } from '@playwright/test';

/** End the GPU process of this page's own browser, as a driver crash would; it starts a new one. */
export async function crashGpuProcess(page: Page): Promise<void> {
  const browser = page.context().browser();
  if (!browser) throw new Error('This page belongs to no browser of ours.');
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess');
  await session.detach();
}
