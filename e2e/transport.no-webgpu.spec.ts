import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

test('keys move through the past, fork, change the axis and fold the cards', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&solver.tolerance=1e-5');
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  const head = await solve.lastIteration();
  await page.getByRole('heading', { level: 1 }).first().click();

  await page.keyboard.press('ArrowLeft');
  await solve.expectIteration(head - 1);
  await page.keyboard.press('Shift+ArrowLeft');
  await solve.expectIteration(head - 11);
  await page.keyboard.press('Home');
  await solve.expectIteration(0);
  await page.keyboard.press('End');
  await solve.expectIteration(head);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Escape');
  await solve.expectIteration(head);

  const axis = page.getByLabel('Horizontal axis');
  await expect(axis).toHaveValue('iteration');
  await page.keyboard.press('x');
  await expect(axis).toHaveValue('evaluations');
  await page.keyboard.press('x');
  await expect(axis).toHaveValue('milliseconds');
  await page.keyboard.press('x');

  await page.keyboard.press(']');
  await expect(solve.button('Unfold evidence')).toBeVisible();
  await page.keyboard.press(']');

  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('f');
  await expect(solve.button(`Fork at iteration ${String(head - 1)}`)).toBeVisible();
  expect(errors).toEqual([]);
});

test('a click on the curve and a drag of the scrubber move the cursor', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&solver.tolerance=1e-5');
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  const head = await solve.lastIteration();
  const shown = async (): Promise<number> => Number(await solve.output('iteration').textContent());
  // Before, the middle of the chart may be the middle of fewer iterations.
  await solve.expectWholeCurve();
  // With the predicted rate the words above the chart take another line, and all below moves down.
  await expect(page.getByText(/Picard’s rate/)).toBeVisible();
  const chart = page
    .getByRole('region', { name: /residual/i })
    .locator('.recharts-surface')
    .first();
  const box = await chart.boundingBox();
  if (!box) throw new Error('There is no chart.');
  const [x, middle] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - 20, middle);
  await page.mouse.move(x, middle);
  await page.mouse.click(x, middle);
  await solve.expectStatus(/^Looking back at iteration/);
  // The figure follows at most ten times a second.
  await expect.poll(shown).toBeLessThan(head);
  const clicked = await shown();
  expect(clicked).toBeGreaterThan(head / 4);
  expect(clicked).toBeLessThan((3 * head) / 4);

  const slider = page.getByRole('slider', { name: 'Iteration shown' });
  const track = await slider.boundingBox();
  if (!track) throw new Error('There is no scrubber.');
  const y = track.y + track.height / 2;
  const share = (part: number): number => track.x + track.width * part;
  await page.mouse.move(share(clicked / head), y);
  await page.mouse.down();
  await page.mouse.move(share(0.5), y, { steps: 4 });
  await page.mouse.move(share(0.2), y, { steps: 4 });
  await page.mouse.up();
  // The track is a little longer than the solve: it ends where the axis does.
  await expect.poll(shown).toBeLessThan(head / 2);
  expect(await shown()).toBeGreaterThan(0);
});

test('a slider’s move is a new curve, and its way back the old one', async ({ page }) => {
  const solve = new SolvePage(page);
  for (const preset of ['contraction', 'picard-diverges']) {
    await solve.open(`#/solve?v=1&p=${preset}`);
    await solve.expectIteration(0);
    await solve.button('Run to convergence').click();
    await expect(solve.button('Run to convergence')).toBeDisabled();
    // Another layer, not just another solve of the same.
    const slider = page
      .getByLabel('Weight gain', { exact: true })
      .locator('..')
      .getByRole('slider');
    await solve.expectWholeCurve();
    const before = await solve.curves();
    await slider.press('ArrowLeft');
    await expect.poll(() => solve.curves()).not.toEqual(before);
    await slider.press('ArrowRight');
    await expect.poll(() => solve.curves()).toEqual(before);
  }
});
