import { readFile } from 'node:fs/promises';
import { expect, test } from './test.ts';

test('a solve is a run: named, starred, kept over a reload, deleted and back, saved and opened again', async ({
  page,
}) => {
  await page.goto('#/solve?v=1&p=contraction');
  const drawer = page.getByRole('region', { name: 'Runs' });
  await expect(page.getByText(/Ready at z₀/)).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByText(/^Converged/).first()).toBeVisible();
  await page.keyboard.press('Shift+R');
  const rows = drawer.locator('tbody tr');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('converged');

  await drawer.getByRole('textbox', { name: /^Name of/ }).fill('my first');
  await page.keyboard.press('Enter');
  await drawer.getByRole('button', { name: 'Baseline: my first' }).click();
  await page.reload();
  const name = drawer.getByRole('textbox', { name: 'Name of my first' });
  await expect(name).toHaveValue('my first');
  const star = drawer.getByRole('button', { name: 'Baseline: my first' });
  await expect(star).toHaveAttribute('aria-pressed', 'true');

  await drawer.getByRole('button', { name: 'Delete my first' }).click();
  await expect(drawer.getByText(/No runs yet/)).toBeVisible();
  await page.locator('[data-sonner-toast]').getByRole('button', { name: 'Undo' }).click();
  await expect(name).toBeVisible();

  const saving = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^deq-run-my-first-.*\.json$/);
  const buffer = await readFile(await file.path());
  await drawer.getByRole('button', { name: 'Delete all…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
  await expect(drawer.getByText(/No runs yet/)).toBeVisible();
  const bundle = { name: 'deq-run.json', mimeType: 'application/json', buffer };
  await drawer.getByLabel('File of runs').setInputFiles(bundle);
  await expect(name).toHaveValue('my first');
  await expect(star).toHaveAttribute('aria-pressed', 'true');

  const broken = { ...bundle, buffer: buffer.subarray(0, buffer.length / 2) };
  await drawer.getByLabel('File of runs').setInputFiles(broken);
  await expect(page.getByText(/ends too early/)).toBeVisible();
  await expect(rows).toHaveCount(1);
});
