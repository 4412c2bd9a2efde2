import { expect, test } from './test.ts';

test('a sweep is made up, interrupted by a reload, gone on with, and all of it is drawn', async ({
  page,
}) => {
  // Wide enough that a cell takes a while.
  await page.goto('#/compare?v=1&p=char-transformer&cell.width=128');
  await page.getByRole('button', { name: 'Sweeps' }).click();
  const form = page.getByRole('region', { name: 'A new sweep' });
  await form.getByLabel('First setting: setting').selectOption('solver.method');
  const solvers = form.getByRole('group', { name: 'First setting: values' });
  for (const chip of await solvers.getByRole('button').all()) {
    const kept = /Anderson|^Broyden/.test((await chip.textContent()) ?? '');
    if (!kept && (await chip.getAttribute('aria-pressed')) === 'true') await chip.click();
  }
  await form.getByLabel('Second setting: setting').selectOption('solver.tolerance');
  await form.getByLabel('Second setting: number of values').fill('3');
  await form.getByLabel('Second setting: first value').fill('1e-4');
  await form.getByLabel('Second setting: last value').fill('0.01');
  await form.getByRole('button', { name: 'Fill in' }).click();
  await expect(form.getByText(/^6 solves/)).toBeVisible();
  await form.getByRole('button', { name: 'Start the sweep' }).click();

  const grid = page.getByRole('grid', { name: /^Heat map of evaluations/ });
  const made = grid.locator('[data-state="made"]');
  await expect(made.first()).toBeVisible();
  await page.reload();

  await expect(page.getByText(/^Interrupted: [1-5] of 6$/)).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await expect(made).toHaveCount(6);
  await expect(page.getByText(/^Fewest evaluations of f at tolerance 1e-4: /)).toBeVisible();
  await expect(page.getByRole('group', { name: 'The sweep that runs' })).toHaveCount(0);

  // The details follow the keys, and a cell's run is compared like any other.
  await grid.locator('[data-cell="0.0"]').focus();
  await page.keyboard.press('ArrowRight');
  const details = page.getByRole('group', { name: 'The chosen cell' });
  await expect(details).toContainText('Anderson, tolerance 1e-3');
  await details.getByRole('button', { name: 'Compare its run' }).click();
  await page
    .getByRole('group', { name: 'What is compared' })
    .getByRole('button', { name: 'Runs' })
    .click();
  await expect(page.getByRole('group', { name: 'Table of runs' }).locator('tbody tr')).toHaveCount(
    6,
  );
  await expect(page.getByRole('checkbox', { checked: true }).first()).toBeVisible();
});
