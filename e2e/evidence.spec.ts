import { SolvePage } from './page.ts';
import { expect, test, type Page } from './test.ts';

/** The rows of the memory table: name, measured, analytic, difference in percent. */
const memoryRows = (page: Page): Promise<string[][]> =>
  page
    .getByRole('table', { name: 'Peak memory, measured and analytic' })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => Array.from(row.children, (cell) => cell.textContent)));

test.use({ measures: true });

test('a fresh page measures its memory by itself, and says what spectrum and gradient meter found', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  const errors = await solve.open();
  await expect(async () => {
    const measured = (await memoryRows(page)).slice(0, 3).map(([, value]) => value);
    // Before the panel is drawn there is no row, and nothing measured.
    expect(measured).toHaveLength(3);
    for (const value of measured) expect(value).toMatch(/\d.*B$/);
  }).toPass({ timeout: 180_000 });
  const rows = (await memoryRows(page)).slice(0, 3);
  for (const [name, , , difference = ''] of rows)
    expect(Math.abs(Number(difference.replace(/[^\d.]/g, ''))), name).toBeLessThanOrEqual(10);
  await expect(solve.output('memory saved')).toHaveText(/^[5-9]\d/);
  await expect(page.getByText(/% less than unrolled at depth \d+/).first()).toBeVisible();
  // What is measured after the bars, the curve over depths, would compute beside all that follows. A fast GPU has it by now.
  await expect(async () => {
    const cancel = solve.button('Cancel');
    if (await cancel.isVisible()) await cancel.click({ timeout: 2000 });
  }).toPass();
  await page.getByRole('button', { name: 'Enlarge' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');

  // Short, and yet the transformer, whose many parameters once asked for more buffers than a GPU binds.
  await page.getByRole('textbox', { name: 'Input text' }).fill('cat');
  await solve.expectStatus(/^Converged/);

  await page.getByRole('tab', { name: 'Spectrum' }).click();
  await expect(page.getByRole('status', { name: 'spectral radius', exact: true })).toHaveText(
    /\d\.\d/,
  );
  await expect(
    page.getByText(/Contraction here|Locally convergent|Picard diverges/).first(),
  ).toBeVisible();

  await page.getByRole('tab', { name: 'Gradient meter' }).click();
  await solve.button('Compare gradients').click();
  const table = page.getByRole('group', { name: 'Gradients compared' }).getByRole('table');
  for (const method of [/Implicit/, /One-step/, /Neumann/, /Phantom/, /Unrolled/])
    await expect(table.getByRole('row', { name: method })).toBeVisible({ timeout: 90_000 });
  expect(errors).toEqual([]);
});
