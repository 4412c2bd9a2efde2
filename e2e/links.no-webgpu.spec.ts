import { expect, test } from '@playwright/test';
import { SolvePage } from './page.ts';

test('a link opens at an iteration, and Share makes one', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=contraction&random.seed=3&k=4');
  await solve.expectStatus(/^Paused at iteration 4/);
  await solve.button('Step back').click();
  await solve.expectIteration(3);
  await solve.button('More ways to share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this set-up' });
  const link = dialog.getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(/random\.seed=3/);
  await expect(link).not.toHaveValue(/[?&]k=/);
  await dialog.getByRole('checkbox', { name: /^At iteration 3/ }).check();
  await expect(link).toHaveValue(/&k=3&/);
  await page.keyboard.press('Escape');

  // The same set-up at another iteration: what has been computed is looked back at.
  await page.evaluate(() => {
    location.hash = location.hash.replace('k=4', 'k=2');
  });
  await solve.expectStatus(/^Looking back at iteration 2 of 4/);
  await page.evaluate(() => {
    location.hash = location.hash.replace('k=2', 'k=9999');
  });
  await expect(page.getByText(/asks for iteration 9999, but the run ends at/)).toBeVisible();
  await solve.expectStatus(/^Converged/);
  expect(errors).toEqual([]);
});

test('a lesson’s link opens that lesson again, shared or by its name', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=contraction&lesson=memory');
  const title = page.getByRole('heading', { level: 2, name: /^Memory: why/ });
  await expect(title).toBeVisible();
  await solve.button('Share').click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await solve.button('More ways to share').click();
  const link = page.getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(copied);
  await page.goto('about:blank');
  await page.goto(copied);
  await expect(title).toBeVisible();
  await expect(page).toHaveURL(/#\/learn\/memory\?v=1&p=contraction$/);
  expect(errors).toEqual([]);
});
