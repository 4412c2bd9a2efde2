import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

test('a link is made with how it ended, asks before it takes the place of a drawing, and is undone', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=contraction&random.seed=5');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await solve.button('More ways to share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this set-up' });
  const box = dialog.getByRole('textbox', { name: 'Link' });
  await expect(box).toHaveValue(/&o=1\.converged\.\d+\.\d+\.\d+e-\d+\.wasm&/);
  await dialog.getByRole('checkbox', { name: /^At iteration/ }).check();
  await expect(box).toHaveValue(/&k=\d+&o=/);
  await dialog.getByRole('checkbox', { name: /^With how it ended/ }).uncheck();
  await expect(box).not.toHaveValue(/&o=/);
  await dialog.getByRole('checkbox', { name: /^With how it ended/ }).check();
  await dialog.getByRole('checkbox', { name: /^At iteration/ }).uncheck();
  const link = new URL(await box.inputValue()).hash;
  await dialog.getByRole('button', { name: 'QR code' }).click();
  await expect(dialog.getByRole('img', { name: 'The link as a QR code' })).toBeVisible();
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save PNG' }).click();
  expect((await saved).suggestedFilename()).toBe('deq-link.png');
  await dialog.getByRole('button', { name: 'Frame for a page' }).click();
  await dialog.getByRole('button', { name: 'Small' }).click();
  await expect(dialog.getByRole('img', { name: /^A frame of 480 × 400/ })).toBeVisible();
  await page.keyboard.press('Escape');

  // Somebody with a drawing follows it.
  const follow = (hash: string): Promise<void> =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);
  const drawn = '#/solve?v=1&p=monotone-digit&drawing.pixels=AAD_';
  await follow(drawn);
  await expect(page.getByLabel('Preset')).toHaveValue('monotone-digit');
  await follow(link);
  const asked = page.getByRole('dialog', { name: 'Open this link?' });
  await expect(asked).toContainText('Your drawing leaves the page.');
  await asked.getByRole('button', { name: 'Stay here' }).click();
  await expect(asked).toHaveCount(0);
  await expect(page).toHaveURL(/drawing\.pixels=/);
  await expect(page.getByLabel('Preset')).toHaveValue('monotone-digit');

  await follow(link);
  await asked.getByRole('button', { name: 'Open the link' }).click();
  await expect(page.getByLabel('Preset')).toHaveValue('contraction');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await expect(page.getByText('The same outcome as the sender’s')).toBeVisible();
  // The same set-up, of somebody who saw something else: what has ended here is compared at once.
  await follow(link.replace(/o=1\.converged\.\d+/, 'o=1.converged.99'));
  await expect(page.getByText('Not the sender’s outcome')).toBeVisible();
  await expect(
    page.getByText(/converged after 99 iterations.* on WebAssembly; here/),
  ).toBeVisible();

  // The older of two toasts lies below the newer one until they are pointed at.
  await page.getByText('Not the sender’s outcome').hover();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'The link is open' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(page.getByLabel('Preset')).toHaveValue('monotone-digit');
  await expect(page).toHaveURL(/drawing\.pixels=/);
  expect(errors).toEqual([]);
});
