import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

test('without WebGPU the same solver runs on WebAssembly, and the page says why', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  const errors = await solve.open();
  expect(
    await page.evaluate(async () => (await navigator.gpu.requestAdapter()) ?? null),
  ).toBeNull();
  await expect(solve.output('backend')).toContainText('WebAssembly');
  await page.getByRole('note').getByText('Why').click();
  await expect(page.getByRole('note').getByText(/no GPU adapter/)).toBeVisible();
  await solve.expectStatus(/Recorded run/);
  const recorded = (await solve.output('iteration').textContent()) ?? '';
  await solve.button('Step').click();
  await solve.expectIteration(1);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await expect(solve.output('iteration')).toHaveText(recorded);
  expect(errors).toEqual([]);
});

test('first paint shows a finished run before any engine has loaded', async ({ page }) => {
  await page.route('**/engine-*.js', () => undefined);
  const solve = new SolvePage(page);
  await solve.open();
  await solve.expectStatus(/Recorded run/);
  await expect(solve.output('iteration')).toHaveText(/^\d\d/);
  await expect(
    page.getByRole('region', { name: 'Residual chart' }).locator('svg').first(),
  ).toBeVisible();
  await expect.poll(async () => (await solve.records()).length).toBeGreaterThan(10);
});

test('an unpaced run can be paused on WebAssembly too', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open(
    '#/solve?v=1&cell.width=128&cell.inner=512&solver.method=picard&solver.tolerance=1e-8' +
      `&solver.maxIterations=200&input.text=${'equilibrium '.repeat(10)}`,
  );
  await solve.expectIteration(0);
  await page.getByLabel('Speed').selectOption({ label: 'max' });
  await solve.button('Play').click();
  await expect(solve.output('iteration')).toHaveText(/^[1-9]/);
  await solve.button('Pause').click();
  await solve.expectStatus(/Paused at iteration/);
});

test.describe('left to itself', () => {
  test.use({ measures: true });

  test('without WebGPU the memory panel counts logical bytes and says so', async ({ page }) => {
    const solve = new SolvePage(page);
    await solve.open();
    await expect(page.getByText('logical bytes').first()).toBeVisible({ timeout: 60_000 });
    await expect(solve.output('memory saved')).toHaveText(/^[5-9]\d/);
  });
});
