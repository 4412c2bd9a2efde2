import { crashGpuProcess } from './gpuProcess.ts';
import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

// One page for all of it, and the cell with the fewest kernels: a software GPU compiles them for seconds.
test('runs on a real adapter, says which, does what its controls say, and survives a lost GPU', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  // Slow to converge, so that a run at one iteration a second lasts.
  const errors = await solve.open(
    '#/solve?v=1&cell.kind=tanh&solver.method=picard&solver.tolerance=1e-6',
  );
  await expect(solve.output('backend')).toContainText(/WebGPU · \S/);
  await solve.button('Device details').click();
  await expect(page.getByText(/within .* of the CPU/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await solve.expectIteration(0);
  await page.getByRole('textbox', { name: 'Input text' }).fill('hello world');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await expect(solve.button('Step')).toBeDisabled();
  const residual = solve.output('relative residual');
  const converged = (await residual.textContent()) ?? '';
  await solve.button('Reset').click();
  await solve.expectIteration(0);
  await expect(residual).not.toHaveText(converged);
  await expect(solve.output('evaluations')).toHaveText('1');
  const first = (await residual.textContent()) ?? '';

  await solve.button('Step').click();
  await solve.expectIteration(1);
  await expect(solve.output('evaluations')).toHaveText('2');
  await expect(residual).not.toHaveText(first);
  await expect.poll(async () => (await solve.records()).length).toBe(2);
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

  await solve.button('Reset').click();
  await solve.expectIteration(0);
  await expect(residual).toHaveText(first);
  expect(errors).toEqual([]);

  await solve.button('Step').click();
  await solve.expectIteration(1);
  await crashGpuProcess(page);
  await expect(page.getByText('The GPU was lost').first()).toBeVisible();
  await expect(solve.output('backend')).toContainText('WebGPU');
  await solve.expectIteration(0);
  await expect(residual).toHaveText(first);
  await solve.button('Step').click();
  await solve.expectIteration(1);
});
