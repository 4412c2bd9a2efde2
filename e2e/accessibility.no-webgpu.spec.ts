import { SolvePage } from './page.ts';
import { expect, test, type Page } from './test.ts';
import { pageOfText, smallRun, TrainPage } from './trainPage.ts';

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('nothing scrolls sideways at any width', async ({ page }) => {
  await new SolvePage(page).open();
  for (const width of [320, 390, 768, 1024, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => overflow(page), `${width} px`).toBeLessThanOrEqual(0);
  }
});

test('Train does not scroll sideways at 320 px', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  const train = new TrainPage(page);
  await train.open(smallRun({}));
  await train.paste(pageOfText);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
});
