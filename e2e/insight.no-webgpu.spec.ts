import { SolvePage } from './page.ts';
import { expect, test, type Page } from './test.ts';

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

test('Picard that swings about the fixed point is told so, and Broyden ends it until Undo', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=picard-diverges');
  await solve.button('Run to convergence').click();
  const card = page.getByRole('region', { name: 'Diagnosis' });
  await expect(card).toBeInViewport({ ratio: 1 });
  await expect(card).toContainText(/swings about the fixed point.*ρ = 0\.9\d/);
  // So that a solve waits at its start until it is run.
  await page.getByRole('checkbox', { name: 'Solve again after each change' }).uncheck();
  await card.getByRole('button', { name: 'Broyden' }).first().click();
  await expect(card).toBeHidden();
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await solve.button('Undo').click();
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await expect(card).toBeVisible();
});

test('two dimensions: a plane with its field, a β to take over, and another fixed point', async ({
  page,
}) => {
  const solve = await opened(page, '#/solve?v=1&p=two-fixed-points', 'Spectrum');
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  const slider = page.getByRole('slider', { name: /^Try β/ });
  await expect(slider).toHaveValue('1');
  // So that a solve waits at its start until it is run, and no earlier "Converged" is taken for its own.
  await page.getByRole('checkbox', { name: 'Solve again after each change' }).uncheck();
  await slider.press('ArrowLeft');
  await solve.button('Use this β').click();
  const damping = page.getByRole('textbox', { name: 'Damping', exact: true });
  await expect(damping).toHaveValue('0.95');
  await solve.expectIteration(0);
  await solve.button('Undo').click();
  await expect(damping).toHaveValue('1');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);

  await page.getByRole('tab', { name: 'Trajectory' }).click();
  await expect(page.getByText('The state has two numbers: this is all of it.')).toBeVisible();
  await page.getByLabel('Speed').selectOption('max');
  await solve.button('Perturb…').click();
  await page.getByRole('textbox', { name: /^Noise/ }).fill('2');
  await page.getByRole('button', { name: /^Perturb z at iteration/ }).click();
  await expect(solve.output('branch')).toHaveText(/^Found a different fixed point: /);
});

test('a cell of the token map is where the Lens looks', async ({ page }) => {
  const solve = await opened(page, '#/solve?v=1&p=pretrained', 'Tokens');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  const card = page.getByRole('region', { name: 'Tokens × iterations' });
  // It is drawn once it is on screen.
  await card.scrollIntoViewIfNeeded();
  // Of all iterates, not of those that were known when it was first drawn.
  await expect(card.getByText(/tokens are below/)).toBeVisible();
  await expect(card.getByText('It follows when the solve rests.')).toBeHidden();
  const map = card.getByRole('application');
  await map.focus();
  for (const key of ['Home', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter'])
    await map.press(key);
  await solve.expectIteration(2);
  await page.getByRole('tab', { name: 'Lens' }).click();
  await expect(page.getByRole('region', { name: 'Lens' })).toContainText(
    '(position 2), at iteration 2',
  );
});
