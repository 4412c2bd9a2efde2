import { readFile } from 'node:fs/promises';
import { expect, test } from './test.ts';

test('two solves are compared: curves, table, settings that differ, and their figure', async ({
  page,
}) => {
  for (const method of ['picard', 'anderson']) {
    await page.goto(`#/solve?v=1&p=contraction&solver.method=${method}`);
    await expect(page.getByText(/Ready at z₀/)).toBeVisible();
    await page.keyboard.press('End');
    await expect(page.getByText(/^Converged/).first()).toBeVisible();
  }
  await page.keyboard.press('Shift+R');
  const drawer = page.getByRole('region', { name: 'Runs' });
  await expect(drawer.locator('tbody tr')).toHaveCount(2);
  for (const box of await drawer.getByRole('checkbox').all()) await box.setChecked(true);
  await drawer.getByRole('button', { name: /^Compare/ }).click();

  await expect(page).toHaveURL(/#\/compare/);
  const curves = page.getByRole('region', { name: /^Relative residual: / });
  await expect(curves.getByRole('listitem')).toHaveCount(2);
  await expect(curves.getByRole('img')).toHaveAttribute('aria-label', /residual/);
  const table = page.getByRole('group', { name: 'Table of runs' });
  await expect(table.locator('tbody tr')).toHaveCount(2);
  const settings = page.getByRole('group', { name: 'Table of settings' });
  await expect(settings).toContainText('Anderson');
  await expect(settings).toContainText('Picard');

  const saving = page.waitForEvent('download');
  await curves.getByRole('button', { name: 'Save figure' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /CSV/ }).first().click();
  expect((await saving).suggestedFilename()).toMatch(/\.csv$/);
  const drawing = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: /^SVG/ }).click();
  const svg = await readFile(await (await drawing).path(), 'utf8');
  // The curves with their legend, and nothing of the cards beside them.
  expect(svg).toContain('1e-1');
  expect(svg).not.toContain('lower is better');
});
