import { SolvePage } from './page.ts';
import { expect, test, type Page } from './test.ts';

/** A picture as a camera might have it, made by the browser itself: red at the left, blue at the right. */
async function somePng(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [300, 200];
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    const shade = context.createLinearGradient(0, 0, 300, 0);
    shade.addColorStop(0, 'red');
    shade.addColorStop(1, 'blue');
    context.fillStyle = shade;
    context.fillRect(0, 0, 300, 200);
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}

test('a picture of one’s own takes the place of the page’s, is there after a reload, and is not in a link', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=picture-waves&impsq.weights=random');
  const file = page.getByLabel('Picture file');
  const before = page.url();
  await file.setInputFiles({
    name: 'holiday.png',
    mimeType: 'image/png',
    buffer: Buffer.from('no picture at all'),
  });
  await expect(
    page.getByRole('alert').filter({ hasText: 'The picture before stays.' }),
  ).toBeVisible();
  expect(page.url()).toBe(before);
  await file.setInputFiles({
    name: 'holiday.png',
    mimeType: 'image/png',
    buffer: await somePng(page),
  });
  await expect(page).not.toHaveURL(before);
  await expect(page.getByRole('alert').filter({ hasText: 'stays' })).toHaveCount(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  const link = page.url();
  await page.reload();
  await expect(
    page.getByRole('group', { name: 'Picture', exact: true }).or(page.getByLabel('Crop')),
  ).not.toHaveCount(0);
  expect(page.url()).toBe(link);
  await solve.button('More ways to share').click();
  const box = page
    .getByRole('dialog', { name: 'Share this set-up' })
    .getByRole('textbox', { name: 'Link' });
  await expect(box).toHaveValue(/picture=/);
  expect((await box.inputValue()).length).toBeLessThan(400);
  expect(errors).toEqual([]);
});

test('each family of pictures opens with what it claims', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=picture-waves');
  const card = (name: string) => page.getByRole('region', { name, exact: true });
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await expect(card('Picture')).toContainText(/PSNR/);
  await solve.open('#/solve?v=1&p=refinement-shape');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await expect(card('Mask')).toContainText(/IoU/);
  await solve.open('#/solve?v=1&p=multiscale-digit');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await expect(card('Digit')).toContainText(/which is right/);
  // Below its exact bound the iteration of tied layers settles, past it the picture tears.
  await solve.open('#/solve?v=1&p=inverse-bound');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await solve.open('#/solve?v=1&p=inverse-bound&inverse.tau=0.41');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^(?:Diverged|Stopped|Reached)/);
  expect(errors).toEqual([]);
});

test('while a picture trains, no task of the main thread takes 50 ms of its time', async ({
  page,
  browser,
}) => {
  const errors = await new SolvePage(page).open('#/train?v=1&p=train-picture');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/^Training: step [2-9]/)).toBeVisible();
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await page.waitForTimeout(5000);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const mains = trace.traceEvents.filter(({ args }) => args?.name === 'CrRendererMain');
  const tasks = trace.traceEvents.filter(
    ({ name, pid, tid }) =>
      name.endsWith('RunTask') && mains.some((main) => main.pid === pid && main.tid === tid),
  );
  // Processor time of the thread: what other programs take meanwhile is not the page's.
  const longest = Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1000));
  expect(tasks.length).toBeGreaterThan(100);
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(50);
  expect(errors).toEqual([]);
});

/** What is read of Chromium's trace: a task's thread and the processor time it took there, in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
