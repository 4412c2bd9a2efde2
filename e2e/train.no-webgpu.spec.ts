import { readFile } from 'node:fs/promises';
import { expectAccessible } from './axe.ts';
import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';
import { pageOfText, smallRun, TrainPage } from './trainPage.ts';

const upTo = (last: number): string[] => Array.from({ length: last }, (_, at) => String(at + 1));

test('a pasted page is learnt, paused, sampled from and stepped', async ({ page }) => {
  const train = new TrainPage(page);
  const errors = await train.open(smallRun({ 'train.steps': 2000, 'sample.length': 40 }));
  await train.paste(pageOfText);
  await train.button('Train').click();
  await train.waitForStep(25);
  await expect(page).toHaveTitle(/^▶ \d+ % · \d\.\d\d · Train · DEQ Playground$/);
  await expect(train.output('backend')).toContainText('WebAssembly');
  await expect(train.output('training loss')).toHaveText(/^\d\.\d{3}$/);
  await expect(train.output('validation loss')).toHaveText(/^\d\.\d{3}$/);
  expect(await train.number('tokens per second')).toBeGreaterThan(0);
  await expect(train.output('time left')).toHaveText(/\d (s|min)/);

  const step = await train.pause();
  await expect(page).toHaveTitle(/^⏸ \d+ % · \d\.\d\d · Train · DEQ Playground$/);
  const [first, ...later] = (await train.rowsTo(step)).map(([, loss]) => Number(loss));
  expect(later.at(-1)).toBeLessThan(first ?? 0);
  await expect.poll(() => train.number('training loss')).toBe(later.at(-1));

  await train.button('Write a sample').click();
  await expect(train.tokens).toHaveCount(40);
  await expect(train.button('Write a sample')).toBeVisible();

  await train.button('One step').click();
  await train.expectStatus(new RegExp(`^Paused at step ${step + 1} of 2000$`));
  expect((await train.rowsTo(step + 1)).map(([at]) => at)).toEqual(upTo(step + 1));
  await expectAccessible(page, 'all', 'main');
  expect(errors).toEqual([]);
});

test('a run that a reload cut off is offered and goes on from its checkpoint', async ({ page }) => {
  const train = new TrainPage(page);
  // So many steps that the run is not over before the page is loaded again, however slow the test is.
  const errors = await train.open(smallRun({ 'train.steps': 2000 }));
  await train.paste(pageOfText);
  await train.button('Train').click();
  await expect(page.getByRole('button', { name: /^Resume from step/ }).first()).toBeVisible();
  const before = (await train.rowsTo(5)).slice(0, 5);
  await page.reload();

  const offer = page.getByRole('note').filter({ hasText: 'A run was last kept a moment ago' });
  await expect(offer).toContainText(/at step \d+ of 2\s?000/);
  const step = Number(/step (\d+)/.exec((await offer.textContent()) ?? '')?.[1]);
  expect(step).toBeGreaterThanOrEqual(5);
  await offer.getByRole('button', { name: 'Resume' }).click();
  await expect(offer).toBeHidden();
  await train.waitForStep(step + 3);
  const last = await train.pause();
  await expect(train.text).toHaveValue(pageOfText);
  const rows = await train.rowsTo(last);
  expect(rows.map(([at]) => at)).toEqual(upTo(last));
  expect(rows.slice(0, 5)).toEqual(before);
  expect(errors).toEqual([]);
});

test('a link with the text gives the same losses in another browser', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const train = new TrainPage(page);
  const errors = await train.open(smallRun({ 'train.steps': 10 }));
  await train.paste(pageOfText);
  await train.button('Train').click();
  await train.expectStatus(/^Finished: 10 steps$/);
  const rows = await train.rowsTo(10);
  expect(rows).toHaveLength(10);
  await train.button('Share').click();
  await page.getByRole('checkbox', { name: /^With your training text/ }).check();
  const box = page.getByRole('textbox', { name: 'Link' });
  // Packed, with the text and how it ended.
  await expect(box).toHaveValue(/[?&]o=1\.trained\.10\..*&c=/);
  await train.button('Copy link').click();
  await expect(page.getByText('Copied the link.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(await page.evaluate(() => location.hash)).not.toContain('c=');

  const other = await browser.newContext();
  const again = new TrainPage(await other.newPage());
  const moreErrors = await again.open(new URL(link).hash);
  await expect(again.text).toHaveValue(pageOfText);
  await again.button('Train').click();
  await again.expectStatus(/^Finished: 10 steps$/);
  await expect(again.page.getByText('The same outcome as the sender’s')).toBeVisible();
  expect(await again.rowsTo(10)).toEqual(rows);
  await other.close();
  expect([...errors, ...moreErrors]).toEqual([]);
});

test('a run that blows up says where, and goes on at half the learning rate', async ({ page }) => {
  const train = new TrainPage(page);
  // Ten steps that hardly move it; then steps so long that the loss is far above guessing.
  const errors = await train.open(
    smallRun({
      'data.source': 'brackets',
      'cell.kind': 'tanh',
      'cell.width': 72,
      'cell.gain': 4,
      'train.steps': 10,
      'train.learningRate': 1e-5,
      'train.clip': 0,
      'train.warmup': 0,
      'train.schedule': 'constant',
    }),
  );
  await train.button('Train').click();
  await train.expectStatus(/^Finished: 10 steps$/);
  await train.type('Learning rate', '0.1');
  await train.type('Steps', '60');
  await train.button('Train').click();
  await train.expectStatus(
    /^Stopped at step 1\d: the loss rose far above guessing\. The last good checkpoint is step 1\d\.$/,
  );
  await expect(page).toHaveTitle(/^✕/);
  const stopped = String(await train.stepIn(/^Stopped at step (\d+)/));
  const banner = page.getByRole('alert').filter({ hasText: `At step ${stopped} the loss rose` });
  const offer = banner.getByRole('button', { name: /^Go on from step 1\d with half/ });
  const from = Number(/step (\d+)/.exec((await offer.textContent()) ?? '')?.[1]);
  expect(from).toBeLessThan(Number(stopped));
  await offer.click();
  const box = page.getByRole('textbox', { name: 'Learning rate', exact: true });
  await expect(box).toHaveValue(/^(0\.05|5e-2)$/);
  const next = async (): Promise<string[] | undefined> =>
    (await train.rows()).find(([step]) => step === String(from + 1));
  await expect.poll(async () => (await next())?.[3]).toBe('5.0e-2');
  expect((await train.rows()).map(([step]) => step).slice(0, from)).toEqual(upTo(from));
  expect(errors).toEqual([]);
});

test('a twin trains beside the DEQ and is compared with it', async ({ page }) => {
  const train = new TrainPage(page);
  const errors = await train.open(
    smallRun({ 'train.steps': 10, 'train.twin': true, 'train.twinDepth': 4 }),
  );
  await train.paste(pageOfText);
  await train.button('Train').click();
  await train.expectStatus(/^Finished: 10 steps$/);
  await expect.poll(async () => (await train.rows()).length).toBe(20);
  const rows = await train.rows();
  for (const network of ['DEQ', 'twin']) {
    const own = rows.filter(([, name]) => name === network);
    expect(own.map(([step]) => step)).toEqual(upTo(10));
    for (const [, , loss] of own) expect(Number(loss)).toBeGreaterThan(0);
  }
  const card = train.card('DEQ and its twin');
  await expect(card.getByRole('columnheader', { name: 'twin, 4 layers' })).toBeVisible();
  const memory = card.getByRole('row', { name: /^Peak memory/ }).getByRole('cell');
  await expect(memory).toHaveText([/^[\d.]+ MB$/, /^[\d.]+ MB$/]);
  const losses = card.getByRole('row', { name: /^Validation loss/ }).getByRole('cell');
  await expect(losses).toHaveText([/^\d\.\d{3}$/, /^\d\.\d{3}$/]);
  await expect(card).toContainText(/the memory\./);
  expect(errors).toEqual([]);
});

test('the learning rate changes within a run, the width asks for a restart', async ({ page }) => {
  const train = new TrainPage(page);
  const errors = await train.open(
    smallRun({ 'train.steps': 2000, 'train.warmup': 0, 'train.schedule': 'constant' }),
  );
  await train.paste(pageOfText);
  await train.button('Train').click();
  await train.waitForStep(3);
  await train.type('Learning rate', '1e-3');
  await train.waitForStep((await train.number('training step')) + 8);
  const rates = (await train.rowsTo(await train.pause())).map(([, , , rate]) => rate);
  expect(rates[0]).toBe('5.0e-3');
  expect(rates.at(-1)).toBe('1.0e-3');
  const restart = page.getByRole('button', { name: /^Restart with/ });
  await expect(restart).toBeHidden();

  await train.type('Width', '24');
  await expect(train.button('Restart with 1 change')).toBeVisible();
  await train.type('Batch', '3');
  await expect(train.button('Restart with 2 changes')).toBeVisible();
  await train.button('Restart with 2 changes').click();
  await train.expectStatus(/^Training: step/);
  await expect(restart).toBeHidden();
  await train.waitForStep(2);
  // Tokens after the first step: three sequences of sixteen.
  expect((await train.rowsTo(await train.pause()))[0]).toEqual(expect.arrayContaining(['1', '48']));
  await train.button('Stop training').click();
  await train.button('Stop the run').click();
  await train.expectStatus(/^Press Train to begin$/);
  expect(errors).toEqual([]);
});

test('a downloaded model writes in another browser, and opens in Solve', async ({
  page,
  browser,
}) => {
  const train = new TrainPage(page);
  const errors = await train.open(smallRun({ 'train.steps': 10 }));
  await train.paste(pageOfText);
  await train.button('Train').click();
  await train.expectStatus(/^Finished: 10 steps$/);
  const downloading = page.waitForEvent('download');
  await train.button('Download model').click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('deq-model-step-10.safetensors');

  const other = await browser.newContext();
  const reader = new TrainPage(await other.newPage());
  const moreErrors = await reader.open(smallRun({}));
  await reader.openFile('mine.safetensors', await readFile(await download.path()));
  await expect(reader.card('Sample')).toContainText('mine.safetensors');
  await reader.button('Write a sample').click();
  await expect(reader.tokens).toHaveCount(12);
  await other.close();

  await train.button('Open in Solve').click();
  const solve = new SolvePage(page);
  await expect(page.getByLabel('Weights', { exact: true })).toHaveValue('trained');
  await expect(page.getByLabel('Weights', { exact: true }).locator(':checked')).toHaveText('yours');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await page.getByRole('tab', { name: 'Lens' }).click();
  const cells = page
    .getByRole('grid', { name: 'Predictions by iteration and position' })
    .getByRole('gridcell');
  await expect(cells.first()).toHaveAttribute('aria-label', /%/);
  expect([...errors, ...moreErrors]).toEqual([]);
});
