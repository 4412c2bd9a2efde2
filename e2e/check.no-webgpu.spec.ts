import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

test('every reference value comes out right on WebAssembly', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/check');
  await solve.button('Start the check').click();
  await expect(solve.output('check')).toHaveText(/^(\d+) of \1 checks passed on WebAssembly\.$/, {
    timeout: 90_000,
  });
  await expect(page.getByRole('row', { name: /failed/ })).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('the check can be stopped', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/check');
  await solve.button('Start the check').click();
  await expect(page.getByRole('row', { name: /passed/ }).first()).toBeVisible();
  await solve.button('Stop').click();
  await expect(solve.output('check')).toHaveText(/; \d+ were not run\.$/);
});
