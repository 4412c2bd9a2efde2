import { expect, test, type Page, type Route } from '@playwright/test';
import { builtParts, SolvePage } from './page.ts';

/** What is fetched with the page: what drives the engine, reads links and keys, and the families that links are of. */
const FETCHED =
  /^(?:KeyHints|address|families|firstFamily|link|openLink|pressedKey|rolldown-runtime|shared|solving)$/;

/**
 * As after a redeploy or without a connection: only what index.html itself names can be had, and what `fetched` names.
 */
async function loseParts(page: Page, fetched = FETCHED): Promise<() => Promise<void>> {
  const html = await (await page.request.get('./')).text();
  const parts = builtParts();
  const lose = async (route: Route): Promise<void> => {
    const file = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    const part = parts.get(file) ?? '';
    await (html.includes(file) || fetched.test(part) ? route.continue() : route.abort());
  };
  await page.route('**/assets/**', lose);
  return () => page.unroute('**/assets/**', lose);
}

test('a part that can’t be fetched is said in its place, and comes when asked again', async ({
  page,
  context,
}) => {
  const restore = await loseParts(page);
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=contraction');
  const missing = (what: string) => page.getByText(`“${what}” could not be loaded.`);
  const header = page.getByRole('heading', { name: 'DEQ Playground', level: 1 });

  // On the first screen, and behind each tab below the chart.
  await expect(missing('The chart')).toBeVisible();
  await expect(missing('Equation')).toBeVisible();
  await expect(missing('Memory of one training step')).toBeVisible();
  for (const tab of [
    'Tokens',
    'Trajectory',
    'Slow motion',
    'Spectrum',
    'Gradient meter',
    'Race',
    'Conventions',
  ]) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await expect(missing(tab)).toBeVisible();
  }
  // What lies over the page can be closed again.
  for (const [open, what] of [
    ['Control+k', 'The menu of commands'],
    ['?', 'The list of shortcuts'],
  ] as const) {
    await header.click();
    await page.keyboard.press(open);
    await expect(missing(what)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(missing(what)).toBeHidden();
  }
  await solve.button('Device details').click();
  await expect(missing('Device')).toBeVisible();
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^Explain/ })
    .first()
    .click();
  await expect(missing('The explanation')).toBeVisible();
  // The other views, and back: what was there works.
  for (const view of ['Train', 'Gallery', 'Learn']) {
    await page.getByRole('link', { name: view, exact: true }).click();
    await expect(missing(view)).toBeVisible();
    await expect(header).toBeVisible();
  }
  await page.getByRole('link', { name: 'Solve', exact: true }).click();
  await solve.button('Step').click();
  await solve.expectIteration(1);

  // What the toasts would say is said without them.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await solve.button('Share').click();
  await expect(page.getByRole('alert').filter({ hasText: 'Link copied' })).toBeVisible();
  await solve.button('Dismiss').last().click();
  await solve.button('More ways to share').click();
  await expect(missing('Share')).toBeVisible();

  await restore();
  await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible();
  await page.keyboard.press('Escape');
  const chart = page.getByRole('region', { name: 'Residual chart' });
  await chart.getByRole('button', { name: 'Try again' }).click();
  await expect(chart.getByRole('slider')).toBeVisible();
  // A view comes by itself when it is shown again, with its styles.
  await page.getByRole('link', { name: 'Train', exact: true }).click();
  const text = page.getByRole('textbox', { name: 'Training text' });
  await expect(text).toBeVisible();
  await expect(text).toHaveCSS('resize', 'vertical');
});

test('without what reads links the page opens, says so, and the address keeps the link', async ({
  page,
}) => {
  const restore = await loseParts(page, /^$/);
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=contraction');
  await expect(page.getByText('This link could not be opened')).toBeVisible();
  await expect(page.getByText('What reads links could not be fetched.')).toBeVisible();
  expect(new URL(page.url()).hash).toBe('#/solve?v=1&p=contraction');
  // Another family is shown as chosen while it is fetched, and no longer once it can't be.
  const family = page.getByRole('combobox', { name: /^Model family/ });
  await family.selectOption('inverse');
  await expect(page.getByText('This set-up could not be loaded.')).toBeVisible();
  await expect(family).toHaveValue('language');
  await restore();
  await family.selectOption('inverse');
  await expect(page.getByRole('combobox', { name: 'Measured' })).toBeVisible();
  await expect(page.getByLabel('Preset')).toHaveValue('inverse-denoise');
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByLabel('Preset')).toHaveValue('contraction');
});

test('what keeps the address, and what computes a family, are asked for again', async ({
  page,
}) => {
  const gone = { families: true, engine: false, asked: 0 };
  await page.route('**/*.js', async (route) => {
    const file = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    const families = builtParts().get(file) === 'families';
    const lost = (families && gone.families) || (file.startsWith('engine-family-') && gone.engine);
    if (lost) gone.asked++;
    await (lost ? route.abort() : route.continue());
  });
  const solve = new SolvePage(page);
  await solve.open();
  // Twice, and then no more until there is something to keep.
  await expect.poll(() => gone.asked).toBeGreaterThanOrEqual(2);
  await page.waitForTimeout(1000);
  // Learn needs no other family; the gallery does, says so, and comes when asked again.
  await page.getByRole('link', { name: 'Learn', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'What is a fixed point?' })).toBeVisible();
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByRole('status', { name: 'live solve' })).toContainText('Iteration 1,');
  await page.getByRole('link', { name: 'Gallery', exact: true }).click();
  await expect(page.getByText('“Gallery” could not be loaded.')).toBeVisible();
  gone.families = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('main').getByRole('article').first()).toBeVisible();
  await page.getByRole('link', { name: 'Train', exact: true }).click();
  await expect(page).toHaveURL(/#\/train/);
  await page.goBack();
  await expect(page).not.toHaveURL(/#\/train/);

  gone.engine = true;
  await page
    .getByLabel('Model family', { exact: true })
    .selectOption({ label: 'Multiscale network' });
  await expect(page.getByRole('alert').filter({ hasText: 'could not be fetched' })).toBeVisible();
  gone.engine = false;
  await solve.button('Restart engine').click();
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
});
