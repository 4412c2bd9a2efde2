import { expect, test } from '@playwright/test';
import { SolvePage } from './page.ts';
import { pageOfText, smallRun, TrainPage } from './trainPage.ts';

for (const width of [320, 390, 768, 1024, 1440])
  test(`nothing scrolls sideways at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await new SolvePage(page).open();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });

test('Train does not scroll sideways at 320 px', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  const train = new TrainPage(page);
  await train.open(smallRun({}));
  await train.paste(pageOfText);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

test('a solve can be stepped, run and reset from the keyboard alone', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open();
  await expect(solve.output('backend')).toContainText('WebGPU');
  await page.keyboard.press('ArrowRight');
  await solve.expectIteration(1);
  await page.keyboard.press('End');
  await solve.expectStatus(/^Converged/);
  await page.keyboard.press('r');
  await solve.expectIteration(0);
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toBeVisible();
});
