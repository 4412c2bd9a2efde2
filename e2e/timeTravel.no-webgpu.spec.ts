import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

test('the past of a solve can be looked at, replayed and forked', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&solver.method=picard&solver.tolerance=1e-5');
  await solve.expectIteration(0);
  const slider = page.getByRole('slider', { name: 'Iteration shown' });
  const residual = solve.output('relative residual');
  await solve.button('Step').click();
  await solve.expectIteration(1);
  await page.keyboard.press('Shift+ArrowRight');
  await solve.expectIteration(11);
  const newest = (await residual.textContent()) ?? '';

  // Step back and on again: the same numbers.
  await solve.button('Step back').click();
  await solve.expectIteration(10);
  await solve.expectStatus(/^Looking back at iteration 10 of 11/);
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    /^iteration 10 of 11, relative residual \S+$/,
  );
  await solve.button('Step').click();
  await solve.expectIteration(11);
  await expect(residual).toHaveText(newest);

  // The keyboard: the first record, and the head again.
  await slider.focus();
  await page.keyboard.press('Home');
  await solve.expectIteration(0);
  await page.keyboard.press('Shift+ArrowRight');
  await solve.expectIteration(10);
  await page.keyboard.press('End');
  await expect(residual).toHaveText(newest);

  // Another solver goes on from z₈; what was made stays.
  await page.keyboard.press('Home');
  for (let k = 1; k <= 8; k++) await page.keyboard.press('ArrowRight');
  await solve.expectIteration(8);
  const fork = (await residual.textContent()) ?? '';
  await solve.button('Fork…').click();
  await solve.button('Fork at iteration 8').click();
  await solve.expectStatus(/^Paused at iteration 8$/);
  await expect(residual).toHaveText(fork);
  await expect(page.getByText('Anderson from 8').first()).toBeVisible();
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await solve.button('Reset').click();
  await solve.expectIteration(0);
  await expect(page.getByText('Anderson from 8')).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('a kicked fixed point is found again, and the page says so', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&solver.tolerance=1e-4');
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await page.getByLabel('Speed').selectOption('max');
  await solve.button('Perturb…').click();
  await page.getByRole('button', { name: /^Perturb z at iteration/ }).click();
  await expect(solve.output('branch')).toHaveText(/^Returned to the same fixed point: /);
});

test('traces are pinned under names, and solvers raced', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&solver.method=broyden');
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  // The estimate of ρ that follows a solve is drawn as a slope, which a linear axis has no line for.
  const rate = page.getByText(/^Picard rate predicted by ρ = \d/);
  await expect(rate).toBeVisible();
  await page.keyboard.press('l');
  await expect(solve.button('Log residual axis')).toHaveAttribute('aria-pressed', 'false');
  await expect(rate).toHaveCount(0);
  await page.keyboard.press('l');
  await expect(rate).toBeVisible();
  await page.keyboard.press('p');
  await page.getByLabel('Method', { exact: true }).selectOption('anderson');
  await expect(page.getByRole('list', { name: 'Pinned traces' })).toContainText('Broyden');
  await solve.button('Unpin Broyden').click();
  await expect(solve.button('Unpin Broyden')).toHaveCount(0);

  await page.getByRole('tab', { name: 'Race' }).click();
  await solve.button('Start').click();
  const rows = page.getByRole('group', { name: 'Table of the race' }).locator('tbody tr');
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toContainText('converged');
  await solve.button('Use the solver of lane 1').click();
  await expect(page.getByLabel('Method', { exact: true })).toHaveValue('picard');
});

test('a run pauses at the iteration it was asked for', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&solver.tolerance=1e-6');
  await solve.expectIteration(0);
  await solve.button('Run until').click();
  await page.getByRole('checkbox', { name: 'iteration', exact: true }).check();
  await page.getByLabel('Iteration to pause at').fill('4');
  await solve.button('Run until then').click();
  await solve.expectStatus(/^Paused at iteration 4: the iteration you asked for$/);
});
