import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Fail on a slider, picture or plot that has no name, or one that another of its kind has too: heard
 * without the label beside it, it would be nobody's.
 */
export async function expectNamed(page: Page): Promise<void> {
  const heard = (await page.locator('body').ariaSnapshot()).split('\n').map((line) => line.trim());
  const kinds = heard.filter((line) =>
    /^- (slider|img|application|button "(Explain|Restore))/.test(line),
  );
  const names = kinds.map(
    (line) => /^- (\w+ "(?:[^"\\]|\\.)+")/.exec(line)?.[1] ?? `${line} has no name`,
  );
  expect(names.filter((name) => name.endsWith('has no name'))).toEqual([]);
  const sliders = names.filter((name) => /^(slider|button)/.test(name));
  expect(sliders).toEqual([...new Set(sliders)]);
}

/** What of the page axe looks at; contrast takes most of its time, and nothing else hangs on the theme. */
export type Looks = 'all' | 'colours' | 'structure';

/**
 * Fail on what axe finds serious or critical in the page as it is now, or in the part of it that a selector names:
 * what lies over a page that was looked at needs no second look at the page.
 */
export async function expectAccessible(
  page: Page,
  looks: Looks = 'all',
  within?: string,
): Promise<void> {
  // The other way, for pages with frames, opens a tab for each look, which takes longer than the look.
  // What passes is neither described nor sent here, which took half of a look.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  if (within !== undefined) axe.include(within);
  if (looks === 'colours') axe.withRules(['color-contrast', 'link-in-text-block']);
  if (looks === 'structure') axe.disableRules(['color-contrast']);
  const { violations } = await axe.analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
  ).toEqual([]);
}

/** The same in both themes; leaves the page in the light one. */
export async function expectAccessibleInBothThemes(page: Page, within?: string): Promise<void> {
  await expectAccessible(page, 'all', within);
  await showTheme(page, 'dark');
  await expectAccessible(page, 'colours', within);
  await showTheme(page, 'light');
}

/** The page in the theme that the system asks for. */
export async function showTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
}
