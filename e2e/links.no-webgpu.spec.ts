import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

/** Links that are wrong in one way each, and words the page must say about it. */
const links: [string, RegExp][] = [
  ['#/solve?v=1&cell.width=4096', /Width 4096 is above the limit; set to 128/],
  ['#/solve?v=1&cell.width=20&cell.heads=8', /Width 20 can't be shared evenly/],
  ['#/solve?v=1&cell.heads=7', /“Heads” has no option “7”/],
  ['#/solve?v=1&solver.tolerance=NaN', /Tolerance must be a number/],
  ['#/solve?v=1&nonsense=1', /nonsense/],
  ['#/solve?v=1&__proto__.polluted=1', /__proto__/],
  ['#/solve?v=1&c=%%%%', /The compressed part of this link is damaged/],
  ['#/solve?v=99', /newer version/],
  ['#/solve?v=1&p=no-such-preset', /no-such-preset/],
  ['#/solve?v=1&c=q1YqS8wpTVWyUjA', /The compressed part of this link is damaged/],
  [`#/solve?v=1&input.text=${'x'.repeat(9000)}`, /longer than 8,000 characters/],
];

test('a link opens with what is valid and says what changed, whatever is wrong with it', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  // The first opens the page, the others are followed by it.
  const errors = await solve.open(links[0]?.[0]);
  for (const [fragment, words] of links)
    await test.step(fragment.slice(0, 60), async () => {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, fragment);
      await expect(page.getByText('This link was adjusted')).toBeVisible();
      await expect(page.getByRole('list', { name: 'Details' })).toHaveText(words);
      await solve.button('Step').click();
      await solve.expectIteration(1);
      // Some links open the same set-up as the one before.
      await solve.button('Reset').click();
      await solve.expectIteration(0);
    });
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  expect(errors).toEqual([]);
});

test('pasting another link into the open page follows it', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open();
  await page.evaluate(() => {
    location.hash = '#/solve?v=1&p=contraction&random.seed=5';
  });
  await expect(page.getByLabel('Preset')).toHaveValue('contraction');
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
});

test('a link opens at an iteration, and Share makes one', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=contraction&random.seed=3&k=4');
  await solve.expectStatus(/^Paused at iteration 4/);
  await solve.button('Step back').click();
  await solve.expectIteration(3);
  await solve.button('More ways to share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this set-up' });
  const link = dialog.getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(/random\.seed=3/);
  await expect(link).not.toHaveValue(/[?&]k=/);
  await dialog.getByRole('checkbox', { name: /^At iteration 3/ }).check();
  await expect(link).toHaveValue(/&k=3&/);
  await page.keyboard.press('Escape');

  // The same set-up at another iteration: what has been computed is looked back at.
  await page.evaluate(() => {
    location.hash = location.hash.replace('k=4', 'k=2');
  });
  await solve.expectStatus(/^Looking back at iteration 2 of 4/);
  await page.evaluate(() => {
    location.hash = location.hash.replace('k=2', 'k=9999');
  });
  await expect(page.getByText(/asks for iteration 9999, but the run ends at/)).toBeVisible();
  await solve.expectStatus(/^Converged/);
  expect(errors).toEqual([]);
});

test('a copied link opens the same set-up and gives the same trace', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&cell.kind=tanh');
  await page.getByRole('textbox', { name: 'Input text' }).fill('naïve +&% 😀');
  await page.getByLabel('Method', { exact: true }).selectOption({ label: 'Broyden' });
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await solve.button('Share').click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const trace = async (of: SolvePage): Promise<string[][]> =>
    (await of.records()).map((row) => row.slice(0, 4));
  const whole = Number(await solve.output('iteration').textContent()) + 1;
  await expect.poll(async () => (await trace(solve)).length).toBe(whole);

  const other = await browser.newContext();
  const again = new SolvePage(await other.newPage());
  await again.page.goto(link);
  await expect(again.page.getByRole('textbox', { name: 'Input text' })).toHaveValue('naïve +&% 😀');
  await again.expectIteration(0);
  await again.button('Run to convergence').click();
  await again.expectStatus(/^Converged/);
  await expect.poll(() => trace(again)).toEqual(await trace(solve));
  await other.close();
});

test('a lesson’s link opens that lesson again, shared or by its name', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=contraction&lesson=memory');
  const title = page.getByRole('heading', { level: 2, name: /^Memory: why/ });
  await expect(title).toBeVisible();
  await solve.button('Share').click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await solve.button('More ways to share').click();
  const link = page.getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(copied);
  await page.goto('about:blank');
  await page.goto(copied);
  await expect(title).toBeVisible();
  await expect(page).toHaveURL(/#\/learn\/memory\?v=1&p=contraction$/);
  expect(errors).toEqual([]);
});
