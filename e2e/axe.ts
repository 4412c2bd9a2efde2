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

/** Fail on what axe finds serious or critical in the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
  ).toEqual([]);
}
