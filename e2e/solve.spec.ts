import { crashGpuProcess } from './gpuProcess.ts';
import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

test.describe('on WebGPU', () => {
  test('runs on a real adapter, says which, and does what its controls say', async ({ page }) => {
    const solve = new SolvePage(page);
    const errors = await solve.open();
    await expect(solve.output('backend')).toContainText(/WebGPU · \S/);
    await solve.button('Device details').click();
    await expect(page.getByText(/within .* of the CPU/).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Input text' }).fill('hello world');
    // The recorded run had ended, so this one is made to its end too.
    await solve.expectStatus(/^Converged/);
    await solve.button('Reset').click();
    await solve.expectIteration(0);
    await expect(solve.output('evaluations')).toHaveText('1');
    const first = await solve.output('relative residual').textContent();

    await solve.button('Step').click();
    await solve.expectIteration(1);
    await expect(solve.output('evaluations')).toHaveText('2');
    await expect(solve.output('relative residual')).not.toHaveText(first ?? '');
    expect(await solve.records()).toHaveLength(2);
    await solve.button('Chart').or(solve.button('Table')).first().click();

    await page.getByLabel('Speed').selectOption({ label: '1 it/s' });
    await solve.button('Play').click();
    await solve.expectIteration(2);
    // The sentence changes twice a second at most: before this one it may still be that of the Step.
    await solve.expectStatus(/^Running/);
    await solve.button('Pause').click();
    await solve.expectStatus(/Paused at iteration \d/);
    // From the sentence: the figure is redrawn at most ten times a second, and may be one behind.
    const sentence = (await solve.output('status').textContent()) ?? '';
    const paused = /iteration (\d+)/.exec(sentence)?.[1] ?? 'none';
    await page.waitForTimeout(1500);
    await solve.expectStatus(new RegExp(`^Paused at iteration ${paused}$`));
    await expect(solve.output('iteration')).toHaveText(paused);

    await solve.button('Run to convergence').click();
    await solve.expectStatus(/^Converged/);
    await expect(solve.button('Step')).toBeDisabled();

    await solve.button('Reset').click();
    await solve.expectIteration(0);
    await expect(solve.output('relative residual')).toHaveText(first ?? '');
    expect(errors).toEqual([]);
  });

  test('a copied link opens the same set-up and gives the same trace', async ({
    page,
    context,
    browser,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const solve = new SolvePage(page);
    await solve.open('#/solve?v=1&cell.kind=tanh');
    await page.getByRole('textbox', { name: 'Input text' }).fill('naïve +&% 😀');
    await page.getByLabel('Method', { exact: true }).selectOption({ label: 'Broyden' });
    await solve.button('Run to convergence').click();
    await solve.expectStatus(/^Converged/);
    await solve.button('Share').click();
    await expect(page.getByText('Link copied')).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const numbers = (rows: string[][]): string[][] => rows.map((row) => row.slice(0, 4));
    const trace = numbers(await solve.records());

    const other = await browser.newContext();
    const again = new SolvePage(await other.newPage());
    await again.page.goto(link);
    await expect(again.page.getByRole('textbox', { name: 'Input text' })).toHaveValue(
      'naïve +&% 😀',
    );
    await again.expectIteration(0);
    await again.button('Run to convergence').click();
    await again.expectStatus(/^Converged/);
    expect(numbers(await again.records())).toEqual(trace);
    await other.close();
  });

  test('a lost GPU is restarted, and the page goes on', async ({ page }) => {
    const solve = new SolvePage(page);
    // The cell with the fewest kernels to compile, twice.
    await solve.open('#/solve?v=1&cell.kind=tanh');
    await expect(solve.output('backend')).toContainText('WebGPU');
    await solve.button('Step').click();
    await solve.expectIteration(1);
    await crashGpuProcess(page);
    await expect(page.getByText('The GPU was lost').first()).toBeVisible();
    await expect(solve.output('backend')).toContainText('WebGPU');
    await solve.expectIteration(0);
    await solve.button('Step').click();
    await solve.expectIteration(1);
  });
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
  expect((await solve.records()).length).toBeGreaterThan(10);
});
