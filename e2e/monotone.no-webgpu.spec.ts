import type { Locator } from '@playwright/test';
import { SolvePage } from './page.ts';
import { expect, test, type Page } from './test.ts';

/** What the family begins with: trained weights, a seven, Peaceman–Rachford. */
const opening = '#/solve?v=1&problem.family=monotone';

const canvasOf = (page: Page): Locator => page.getByRole('application', { name: /^Drawing, 28/ });
const digitOf = (page: Page): Locator => page.getByRole('region', { name: 'Digit', exact: true });
/** The same on screen: what nobody sees is not read out of the state. */
const seenDigitOf = async (page: Page): Promise<Locator> => {
  await digitOf(page).scrollIntoViewIfNeeded();
  return digitOf(page);
};

/** Draws straight lines with the mouse, in pixels of the drawing. */
async function draw(page: Page, ...spots: readonly (readonly [number, number])[]): Promise<void> {
  const canvas = canvasOf(page);
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('There is no canvas.');
  const at = ([x, y]: readonly [number, number]) =>
    [box.x + (x / 28) * box.width, box.y + (y / 28) * box.height] as const;
  await page.mouse.move(...at(spots[0] ?? [0, 0]));
  await page.mouse.down();
  for (const spot of spots) await page.mouse.move(...at(spot), { steps: 6 });
  await page.mouse.up();
}

test('a drawn seven is seen as one, iteration by iteration, and its link opens the same', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  await solve.open(opening);
  await solve.button('Clear drawing').click();
  await expect(canvasOf(page)).toHaveAccessibleName('Drawing, 28 by 28, blank');
  // Nobody has said yet what will be drawn.
  await expect(page.getByLabel('It is meant as', { exact: true })).toHaveValue('unsaid');
  await expect(page.getByText('The canvas is blank:')).toBeVisible();
  await draw(page, [7, 7], [20, 7], [13, 23]);
  await expect(canvasOf(page)).toHaveAccessibleName(/\d\d pixels drawn/);
  await solve.button('Step').click();
  await solve.expectIteration(1);
  await expect(await seenDigitOf(page)).toContainText('At iteration 1:');
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await expect(await seenDigitOf(page)).toContainText(/At iteration \d+: 7, /);
  const link = page.url();
  await page.goto('about:blank');
  await solve.open(new URL(link).hash);
  await expect(canvasOf(page)).toHaveAccessibleName(/\d\d pixels drawn/);
});

test('the keyboard draws, and says where it is', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open(opening);
  await solve.button('Clear drawing').click();
  const canvas = canvasOf(page);
  await canvas.focus();
  await canvas.press(' ');
  await expect(canvas).toHaveAccessibleName('Drawing, 28 by 28, 1 pixel drawn');
  await expect(page.getByText('The drawing is a single pixel')).toBeVisible();
  await canvas.press('ArrowRight');
  await expect(page.getByText('row 15, column 16, blank')).toBeAttached();
  await canvas.press('Shift+ArrowDown');
  await expect(canvas).toHaveAccessibleName(/\d+ pixels drawn/);
  await solve.button('Undo stroke').click();
  await expect(canvas).toHaveAccessibleName('Drawing, 28 by 28, 1 pixel drawn');
});

test('plain iteration never settles on a fixed point that the certificate says is unique', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  await solve.open(`${opening}&solver.map=plain`);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^(Diverged|Reached the limit)/);
  const digit = digitOf(page);
  await expect(digit).toContainText('exactly one fixed point');
  await expect(digit).toContainText('Not below 1 at this point.');
});

test('a file of weights opens and classifies; one that is none is said, and changes nothing', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  await solve.open(opening);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  const weights = page.getByLabel('Weights', { exact: true });
  const file = page.getByLabel('Weights file');
  await file.setInputFiles({ name: 'notes.safetensors', mimeType: '', buffer: Buffer.from('no') });
  await expect(page.getByText('notes.safetensors: This weights file can’t be used.')).toBeVisible();
  await expect(weights).toHaveValue('pretrained');
  await file.setInputFiles('public/models/monotone-digits.safetensors');
  await expect(page.getByText('A network of 87 fully connected units.')).toBeVisible();
  await expect(weights).toHaveValue('trained');
  await solve.button('Run to convergence').click();
  await expect(await seenDigitOf(page)).toContainText(/At iteration \d\d: 7, /);
  const saved = page.waitForEvent('download');
  await page.getByRole('group', { name: 'Files of weights' }).getByText('Save').click();
  expect((await saved).suggestedFilename()).toBe('monotone-weights.safetensors');
});

test('drawn on after it was solved, it is solved again as the pen moves', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open(opening);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await solve.button('Clear drawing').click();
  await expect(page.getByText('The canvas is blank:')).toBeVisible();
  await draw(page, [14, 6], [14, 22]);
  await solve.expectStatus(/^Converged/);
  await expect(await seenDigitOf(page)).toContainText(/At iteration \d+: 1, /);
});
