import { expect, test, type Page } from '@playwright/test';
import { SolvePage } from './page.ts';

/** Sixty-four tokens that don't settle within a hundred iterations: the largest fitted map. */
const large =
  '#/solve?v=1&p=edge-of-stability&solver.tolerance=1e-10&solver.maxIterations=100' +
  `&input.text=${'equilibria'.repeat(7).slice(0, 64)}`;

async function opened(page: Page, fragment: string, tab: string): Promise<SolvePage> {
  const solve = new SolvePage(page);
  await solve.open(fragment);
  await page.getByRole('tab', { name: tab, exact: true }).click();
  return solve;
}

test('the token map says what it shows, follows keys, and moves the cursor', async ({ page }) => {
  const solve = await opened(page, '#/solve?v=1', 'Tokens');
  const card = page.getByRole('region', { name: 'Tokens × iterations' });
  await expect(card.getByText(/of 34 tokens are below 1e-3 after/)).toBeVisible();
  const map = card.getByRole('application');
  await map.focus();
  await map.press('Home');
  await map.press('ArrowDown');
  await map.press('ArrowRight');
  await expect(card.getByText(/‘h’, position 2, k = 1: 0\./)).toBeVisible();
  await map.press('Enter');
  await solve.expectIteration(1);
  await expect(card.getByText(/after 1 iteration/)).toBeVisible();
  await card.getByRole('button', { name: 'Table' }).click();
  await expect(card.getByRole('group', { name: 'Table of the token map' })).toContainText('␣');
});

test('64 tokens × 100 iterations are drawn in less than 4 ms', async ({ page }) => {
  await opened(page, large, 'Tokens');
  await page.getByRole('button', { name: 'Run to convergence' }).click();
  const card = page.getByRole('region', { name: 'Tokens × iterations' });
  await expect(card.getByText(/64 tokens .* after 100 iterations/)).toBeVisible({
    timeout: 60_000,
  });
  await page.evaluate(() => {
    performance.clearMeasures();
  });
  const map = card.getByRole('application');
  await map.focus();
  for (let press = 0; press < 21; press++) await map.press('ArrowLeft');
  const median = await page.evaluate(() => {
    const times = performance.getEntriesByName('token map').map(({ duration }) => duration);
    return times.sort((a, b) => a - b)[times.length >> 1];
  });
  test.info().annotations.push({ type: 'draw ms', description: String(median) });
  expect(median).toBeLessThan(4);
});

test('the trajectory says how much its axes hold, and keys move along it', async ({ page }) => {
  const solve = await opened(page, '#/solve?v=1', 'Trajectory');
  const way = page.getByRole('slider', { name: 'Iteration on the trajectory' });
  await expect(page.getByText(/^PC 1, \d+ % of the variance/)).toBeVisible();
  await way.press('Home');
  await way.press('ArrowRight');
  await solve.expectIteration(1);
});

test('slow motion tells an iteration of Anderson, moment by moment', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await opened(page, '#/solve?v=1&solver.method=anderson', 'Slow motion');
  await page.getByRole('button', { name: 'Run to convergence' }).click();
  const card = page.getByRole('region', { name: 'Slow motion' });
  const play = card.getByRole('button', { name: 'Play slow motion' });
  await expect(play).toBeEnabled();
  await expect(card.getByText(/The layer is applied to/)).toBeVisible();
  await card.getByRole('button', { name: 'Next moment' }).click();
  await card.getByRole('button', { name: 'Next moment' }).click();
  await expect(card.getByText('Sum of the weights: 1.000')).toBeVisible();
  await play.press('Escape');
  await expect(card.getByText(/The step stands/)).toBeVisible();
});

test('a solve that fails says why, and a fix mends it until Undo', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=singular-anderson');
  await solve.button('Run to convergence').click();
  const card = page.getByRole('region', { name: 'Diagnosis' });
  await expect(card).toBeInViewport({ ratio: 1 });
  // Nobody has opened Slow motion: the card asks for the mixing systems itself.
  await expect(card.getByText(/condition number up to .*bad above 1e7.*max \|α\| was/)).toBeVisible();
  await expect(card).toContainText(/5\d steps of 60 found a pivot below 1e-6/);
  await card.getByRole('button', { name: 'λ = 1e-4' }).click();
  await expect(card).toBeHidden();
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await solve.button('Undo').click();
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await expect(card).toBeVisible();
});

test('Picard that is amplified is diagnosed, with the radius', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=picard-diverges');
  await solve.button('Run to convergence').click();
  const card = page.getByRole('region', { name: 'Diagnosis' });
  await expect(card).toContainText(/ρ = 1\.\d\d/);
  await card.getByRole('button', { name: 'Broyden' }).first().click();
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
});
