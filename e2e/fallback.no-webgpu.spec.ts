import { expect, test } from '@playwright/test';
import { SolvePage } from './page.ts';

test('without WebGPU the same solver runs on WebAssembly, and the page says why', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  const errors = await solve.open();
  expect(
    await page.evaluate(async () => (await navigator.gpu.requestAdapter()) ?? null),
  ).toBeNull();
  await expect(solve.output('backend')).toContainText('WebAssembly');
  await expect(page.getByText(/no GPU adapter/).first()).toBeVisible();
  await solve.expectStatus(/Recorded run/);
  await solve.button('Step').click();
  await solve.expectIteration(1);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await expect(solve.output('iteration')).toHaveText('27');
  expect(errors).toEqual([]);
});

test('an unpaced run can be paused on WebAssembly too', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&solver.tolerance=1e-8&solver.maxIterations=200&solver.rank=5');
  await solve.expectIteration(0);
  await page.getByLabel('Speed').selectOption({ label: 'max' });
  await solve.button('Play').click();
  await solve.button('Pause').click();
  await solve.expectStatus(/Paused at iteration/);
});
