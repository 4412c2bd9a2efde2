import { lessons } from '../src/schema/lessons.ts';
import { presets } from '../src/schema/presets.ts';
import { expectAccessible, expectAccessibleInBothThemes, expectNamed } from './axe.ts';
import { SolvePage } from './page.ts';
import { expect, test, type Page } from './test.ts';

/** The open view, as its tab says. */
const openTab = (page: Page) =>
  page.getByRole('navigation', { name: 'Views' }).locator('[aria-current="page"]');

/** A card of each kind: what is solved, with other problems too, and what is trained. */
const opened = ['contraction', 'monotone-digit', 'steady-flow', 'train-own'] as const;

test('every card shows its run, and opens its preset where it can be run', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/gallery');
  const card = (name: keyof typeof presets) =>
    page.getByRole('article', { name: presets[name].title, exact: true });
  for (const name of Object.keys(presets) as (keyof typeof presets)[])
    await expect(card(name).getByRole('img')).toHaveAttribute('aria-label', /after \d+ /);
  for (const name of opened) {
    await page.getByRole('link', { name: 'Gallery' }).click();
    await card(name)
      .getByRole('button', { name: `Open ${presets[name].title}` })
      .click();
    await expect(page.getByLabel('Preset')).toHaveValue(name);
    await expect(openTab(page)).toHaveText(name.startsWith('train-') ? 'Train' : 'Solve');
    await expect(page.getByRole('region', { name: /^(Residual chart|Loss)$/ })).toBeVisible();
  }
  expect(errors).toEqual([]);
});

test('what a card says to try is set, and its control has the focus', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/gallery');
  const card = page.getByRole('article', { name: presets.damping.title });
  await card.getByRole('button', { name: 'Lower β to 0.7' }).click();
  const damping = page.getByRole('textbox', { name: 'Damping', exact: true });
  await expect(damping).toBeFocused();
  await expect(damping).toHaveValue('0.7');
  await expect(page.getByLabel('Preset')).toHaveValue('damping');
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
});

/** A link of each lesson: its words, the control it goes to, and the value that is then in it. */
const links: Readonly<Record<(typeof lessons)[number], readonly [string, string, string]>> = {
  'fixed-points': ['raise the gain to 0.9', 'Weight gain', '0.9'],
  solvers: ['switch to Anderson', 'Method', 'anderson'],
  gradient: ['take 20 terms', 'Neumann terms', '20'],
  memory: ['compare with 96 layers', 'Unrolled depth', '96'],
  failure: ['raise the rank limit to 30', 'Rank limit', '30'],
  training: ['train fast without the penalty', 'Jacobian penalty', '0'],
};

test('each lesson has formulas, and its link sets and focuses a control', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/learn');
  for (const lesson of lessons)
    await test.step(lesson, async () => {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/learn/${lesson}`);
      await expect(page.locator(`nav a[href="#/learn/${lesson}"]`)).toHaveAttribute('aria-current');
      await expect(page.locator('main math').first()).toBeVisible();
      await expect(page.locator('main').getByRole('slider').first()).toBeVisible();
      const [words, label, value] = links[lesson];
      await page.getByRole('button', { name: words }).click();
      const control = page.getByLabel(label, { exact: true });
      // A menu would take the keys that step and run.
      const isMenu = await control.evaluate((element) => element.matches('select'));
      const row = page.locator('[data-setting]', { has: control });
      await expect(isMenu ? row : control).toBeFocused();
      await expect(control).toHaveValue(value);
      await page.goBack();
      await expect(page).toHaveURL(new RegExp(`#/learn/${lesson}`));
      await expect(page.locator('main math').first()).toBeVisible();
    });
  expect(await page.evaluate(() => 'katex' in window)).toBe(false);
  expect(errors).toEqual([]);
});

test('a lesson’s run is computed in it, and what the visitor had comes back', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/learn/solvers?v=1&p=contraction&cell.gain=0.7');
  const recorded = page.getByRole('region', { name: 'Recorded run' });
  await expect(recorded.getByRole('img')).toHaveAttribute('aria-label', /after \d+ iterations/);
  await recorded.getByRole('combobox', { name: 'Run' }).selectOption('picard-diverges');
  await solve.button('Step').click();
  const panel = page.getByRole('region', { name: 'Live run' });
  const reading = panel.getByRole('status', { name: 'live solve' });
  await expect(reading).toContainText('Iteration 1,');
  await expect(page.getByText(/is open now, in place of/)).toBeVisible();
  const first = await reading.textContent();
  await solve.button('Step').click();
  await expect(reading).toContainText('Iteration 2,');
  expect(await reading.textContent()).not.toBe(first);
  await panel.getByLabel('Method', { exact: true }).selectOption('anderson');
  await expect(reading).toContainText('Iteration 0,');
  await solve.button('Play').click();
  await expect(reading).toContainText('Converged');
  await expectAccessible(page, 'all', 'section[aria-label="Live run"]');
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(panel.getByLabel('Method', { exact: true })).toHaveValue('picard');
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(recorded).toBeVisible();
  await page.getByRole('link', { name: 'Solve', exact: true }).click();
  await expect(page.getByLabel('Preset')).toHaveValue('contraction');
  await expect(page.getByRole('textbox', { name: 'Weight gain' })).toHaveValue('0.7');
  expect(errors).toEqual([]);
});

test('lessons lead to each other, and a reload stays on the page', async ({ page }) => {
  await new SolvePage(page).open('#/learn');
  for (const title of ['How solvers find it', 'The implicit gradient']) {
    await page.getByRole('link', { name: `Next: ${title}` }).click();
    await expect(page.getByRole('heading', { level: 2, name: title })).toBeFocused();
  }
  await expect(page).toHaveURL(/#\/learn\/gradient/);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'The implicit gradient' })).toBeVisible();
});

/** Tab to a button of the tour's card and press it. */
async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('dialog').getByRole('button', { name, exact: true });
  for (let tabs = 0; tabs < 8; tabs++) {
    if (await button.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
}

test('the whole tour, by keyboard alone', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const solve = new SolvePage(page);
  const errors = await solve.open('#/gallery');
  const stop = (title: string) => expect(page.getByRole('dialog', { name: title })).toBeFocused();
  await solve.button('Take the tour').focus();
  await page.keyboard.press('Enter');

  await stop('Take one step');
  await expect(solve.output('backend')).toContainText('WebAssembly');
  await page.keyboard.press('ArrowRight');
  await stop('Let it run');
  await page.keyboard.press('Space');
  await stop('Read the residual');
  await press(page, 'Next');
  await stop('Ask for more');
  await press(page, 'Go there');
  await expect(page.getByRole('textbox', { name: /^Tolerance/ }).first()).toBeFocused();
  await page.keyboard.type('1e-4');
  await page.keyboard.press('Enter');
  await stop('Change the solver');
  await press(page, 'Go there');
  await expect(page.getByLabel('Method', { exact: true })).toBeFocused();
  await page.keyboard.press('p');
  await stop('Would plain iteration converge?');
  await press(page, 'Go there');
  await expect(page.getByRole('tab', { name: 'Spectrum' })).toBeFocused();
  await page.keyboard.press('Enter');
  await stop('See what it saves');
  await press(page, 'Next');
  await stop('Train one');
  await expect(openTab(page)).toHaveText('Train');
  await press(page, 'Next');
  await stop('Pass it on');
  await press(page, 'Go there');
  await expect(solve.button('Share')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('#main')).toBeFocused();
  expect(errors).toEqual([]);
});

test('the tour is left with Escape and goes on from there', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/learn');
  await solve.button('Take the tour').click();
  await solve.button('Next').click();
  await solve.button('Next').click();
  await expect(page.getByRole('dialog', { name: 'Read the residual' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await page.getByRole('link', { name: 'Learn' }).click();
  await solve.button('Take the tour').click();
  await expect(page.getByRole('dialog', { name: 'Read the residual' })).toBeFocused();
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`axe finds nothing serious in Gallery, Learn and tour, ${width} wide`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    const solve = new SolvePage(page);
    await solve.open('#/gallery');
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    // A narrow page has the colours of a wide one.
    const look = (within?: string) =>
      width === 390
        ? expectAccessible(page, 'structure', within)
        : expectAccessibleInBothThemes(page, within);
    await expect(page.getByRole('article').getByRole('img').first()).toBeVisible();
    await expect.poll(overflow).toBeLessThanOrEqual(0);
    await look();
    await expectNamed(page);
    await page.getByRole('link', { name: 'Learn' }).click();
    for (const lesson of lessons) {
      await page.locator(`nav a[href="#/learn/${lesson}"]`).click();
      await expect(page.locator('main').getByRole('slider').first()).toBeVisible();
      await expect.poll(overflow).toBeLessThanOrEqual(0);
      // What is around a lesson is looked at with the first, and what is in it with the wide page.
      if (lesson === lessons[0]) {
        await look();
        await expectNamed(page);
      } else if (width !== 390) await expectAccessible(page, 'all', 'main');
    }
    await solve.button('Take the tour').click();
    await expect(page.getByRole('dialog', { name: 'Take one step' })).toBeVisible();
    await look('[role=dialog]');
  });
