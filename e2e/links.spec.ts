import { expect, test } from '@playwright/test';
import { SolvePage } from './page.ts';

/** Links that are wrong in one way each, and words the page must say about it. */
const links: [string, RegExp][] = [
  ['#/solve?v=1&cell.width=4096', /Width 4096 is above the limit; set to 128/],
  ['#/solve?v=1&cell.width=20&cell.heads=8', /Width/],
  ['#/solve?v=1&cell.heads=7', /Heads/],
  ['#/solve?v=1&solver.tolerance=NaN', /Tolerance/],
  ['#/solve?v=1&nonsense=1', /nonsense/],
  ['#/solve?v=1&__proto__.polluted=1', /__proto__/],
  ['#/solve?v=99', /newer version/],
  ['#/solve?v=1&p=no-such-preset', /no-such-preset/],
  ['#/solve?v=1&c=%%%%', /link/i],
  ['#/solve?v=1&c=q1YqS8wpTVWyUjA', /compressed part|cut off|damaged/i],
  [`#/solve?v=1&input.text=${'x'.repeat(9000)}`, /8,?000|too long/i],
];

for (const [fragment, words] of links)
  test(`${fragment.slice(0, 60)} opens with what is valid and says what changed`, async ({
    page,
  }) => {
    const solve = new SolvePage(page);
    const errors = await solve.open(fragment);
    await expect(page.getByText('This link was adjusted')).toBeVisible();
    await expect(page.getByText(words).first()).toBeAttached();
    await solve.button('Step').click();
    await solve.expectIteration(1);
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
