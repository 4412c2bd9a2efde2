import { expectAccessible, expectAccessibleInBothThemes, expectNamed } from './axe.ts';
import { expect, test, type Page } from './test.ts';

/** Gallery and lessons are looked at in gallery.no-webgpu.spec.ts. */
const views = ['solve', 'train'] as const;

/** What lies over the page, and how it is opened. */
const layers: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['Commands', (page) => page.keyboard.press('Control+k')],
  ['Keyboard shortcuts', (page) => page.keyboard.press('?')],
  ['Share this set-up', (page) => page.getByRole('button', { name: 'More ways to share' }).click()],
];

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`axe finds nothing serious in Solve and Train, ${width} wide`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await page.goto('./#/solve?v=1&p=contraction');
    await expect(page.locator('#main')).toBeVisible();
    for (const view of views) {
      await page.keyboard.press(String(views.indexOf(view) + 1));
      await expect(page).toHaveURL(new RegExp(`#/${view}\\b`));
      await expect(page.locator('#main')).toBeVisible();
      await expect(page.getByText(/^Loading/)).toHaveCount(0);
      // The narrow page has the colours of the wide one.
      await test.step(view, () =>
        width === 390 ? expectAccessible(page, 'structure') : expectAccessibleInBothThemes(page),
      );
      await test.step(`${view}, names`, () => expectNamed(page));
    }
  });

test('axe finds nothing serious in what lies over the page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('./#/solve?v=1&p=contraction&hide=train');
  await expect(page.locator('#main')).toBeVisible();
  for (const [name, open] of layers) {
    await open(page);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await test.step(name, () => expectAccessibleInBothThemes(page, 'dialog[open]'));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  // Another document, as another fragment alone would stay in this one.
  await page.goto('./?embedded#/solve?v=1&p=contraction&embed=1');
  await expect(page.getByRole('link', { name: 'Open in DEQ Playground' })).toBeVisible();
  await test.step('embedded', () => expectAccessible(page));
});

test('what the page says in passing can be read in both themes', async ({ page }) => {
  for (const theme of ['light', 'dark'] as const) {
    await page.goto('about:blank');
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto('./#/solve?v=1&p=contraction&cell.width=9999');
    const toast = page.getByRole('listitem').filter({ hasText: 'This link was adjusted' });
    await expect(toast).toBeVisible();
    // While the pointer rests on it, it stays.
    await toast.hover();
    // `--page` of either theme.
    await expect(toast).toHaveCSS(
      'background-color',
      theme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(15, 20, 25)',
    );
    await expect(toast).toHaveCSS('opacity', '1');
    await expectAccessible(page, 'colours', '[data-sonner-toast]');
  }
});

test('a setting is explained to mouse, keyboard and finger, and Escape shuts it', async ({
  page,
}) => {
  await page.goto('./#/solve?v=1&p=anderson-window');
  await expect(page.getByRole('textbox', { name: 'Damping', exact: true })).toBeVisible();
  const label = page.getByText('Damping', { exact: true });
  const tip = page.getByRole('tooltip');
  const button = page.getByRole('button', { name: 'Explain Damping β' });

  await button.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(button).toBeFocused();
  await expect(tip).toContainText('Share of f(z)');
  await expect(tip.locator('math').first()).toBeVisible();
  await expect(tip).toContainText('Anderson 1965');
  await expectAccessible(page, 'all', '[role=tooltip]');
  await page.keyboard.press('Escape');
  await expect(tip).toHaveCount(0);
  await expect(button).toBeFocused();

  await label.hover();
  await expect(tip).toBeVisible();
  await tip.hover();
  await page.waitForTimeout(700);
  await expect(tip).toBeVisible();
  await page.mouse.move(700, 5);
  await expect(tip).toHaveCount(0);

  await button.click();
  await expect(tip).toBeVisible();
  await page.mouse.move(700, 5);
  await page.waitForTimeout(700);
  await expect(tip).toBeVisible();
  await page.mouse.click(700, 5);
  await expect(tip).toHaveCount(0);
});

test('dark pages print on white, and forced colours show what is on', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('./#/solve?v=1&p=contraction');
  const on = page.getByRole('button', { name: 'Forward', exact: true });
  const off = page.getByRole('button', { name: 'Backward', exact: true });
  await expect(on).toHaveAttribute('aria-pressed', 'true');
  const ink = () =>
    page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { color, backgroundColor };
    });
  expect(await ink()).toEqual({ color: 'rgb(230, 237, 243)', backgroundColor: 'rgb(15, 20, 25)' });
  await page.emulateMedia({ media: 'print' });
  expect(await ink()).toEqual({
    color: 'rgb(27, 36, 48)',
    backgroundColor: 'rgb(255, 255, 255)',
  });
  await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeHidden();

  await page.emulateMedia({ media: 'screen', forcedColors: 'active' });
  const ground = (element: Element) => getComputedStyle(element).backgroundColor;
  expect(await on.evaluate(ground)).not.toBe(await off.evaluate(ground));
  const views = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
  expect(await views.nth(0).evaluate(ground)).not.toBe(await views.nth(1).evaluate(ground));
});
