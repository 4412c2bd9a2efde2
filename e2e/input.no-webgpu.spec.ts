import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

test('the input text takes anything a person can paste', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open();
  const field = page.getByRole('textbox', { name: 'Input text' });
  // So that a solve waits at its start until it is stepped.
  await page.getByRole('checkbox', { name: 'Solve again after each change' }).uncheck();

  await field.fill('x'.repeat(100_000));
  await expect(page.getByText(/128/).first()).toBeVisible();
  await expect(field).toHaveValue('x'.repeat(128));
  await solve.expectIteration(0);

  await field.fill('');
  await expect(page.getByText(/at least one character/i)).toBeVisible();
  await solve.button('Step').click();
  await expect(solve.output('iteration')).toHaveText(/^[1-9]/);

  for (const text of ['😀👩‍👩‍👧', 'שלום עולם مرحبا', 'a\u0000b', '\n\n']) {
    await field.fill(text);
    await solve.expectIteration(0);
    await solve.button('Step').click();
    await solve.expectIteration(1);
  }
  expect(errors).toEqual([]);
});

test('nonsense typed into a number box is refused in words, and the value stays', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  await solve.open();
  const box = page.getByRole('textbox', { name: /^Tolerance/ }).first();
  const before = await box.inputValue();
  await box.fill('lots');
  await box.press('Enter');
  await expect(page.getByText(/Tolerance.*number/i).first()).toBeVisible();
  await solve.button('Step').click();
  await expect(page.getByText(new RegExp(`tol ${before}`)).first()).toBeVisible();
});

test('twenty changes of the settings, some in the middle of a run, keep the page working', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=contraction');
  const tensors = page.getByText('Tensors').locator('xpath=following-sibling::*[1]');
  const settle = async (): Promise<void> => {
    await solve.expectIteration(0);
    await solve.button('Run to convergence').click();
    await solve.expectStatus(/^Converged/);
  };
  await settle();
  // What is freed after a solve is counted a moment later.
  let before = '';
  await expect(async () => {
    const last = before;
    before = (await tensors.textContent()) ?? '';
    expect(before).toBe(last);
  }).toPass({ intervals: [500] });
  for (let i = 0; i < 20; i++) {
    await page.getByRole('button', { name: 'New seed' }).click();
    // The others are solved again by themselves.
    if (i % 10 === 0) await solve.button('Reset').click();
    if (i % 10 === 5) await page.keyboard.press('End');
  }
  await page.getByLabel('Preset').selectOption('char-transformer');
  await page.getByLabel('Preset').selectOption('contraction');
  await settle();
  await expect(tensors).toHaveText(before);
  expect(errors).toEqual([]);
});
