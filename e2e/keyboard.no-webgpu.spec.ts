import { builtParts, SolvePage } from './page.ts';
import { expect, test } from './test.ts';

test('the page is driven by keys, but not while a field is typed in', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=contraction');
  await solve.expectIteration(0);
  await page.keyboard.press('ArrowRight');
  await solve.expectIteration(1);
  await page.keyboard.press('End');
  await solve.expectStatus(/^Converged/);
  await page.keyboard.press('r');
  await solve.expectIteration(0);
  // A button that goes off as it is pressed keeps the keys.
  const run = solve.button('Run to convergence');
  await run.focus();
  await page.keyboard.press('Enter');
  await solve.expectStatus(/^Converged/);
  await expect(run).toBeDisabled();
  await expect(run).toBeFocused();
  await page.keyboard.press('r');
  await solve.expectIteration(0);
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toBeVisible();

  const text = page.getByRole('textbox', { name: 'Input text' });
  await text.fill('a');
  await text.press('r');
  await text.press('?');
  await text.press('2');
  await expect(text).toHaveValue('ar?2');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await text.press('Control+Enter');
  await solve.expectStatus(/^Converged/);
  expect(errors).toEqual([]);
});

test('a focused control keeps its own keys and leaves the others to the page', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=contraction');
  await solve.expectIteration(0);
  await solve.button('Step').click();
  await solve.expectIteration(1);
  const controls = [
    page.getByRole('slider', { name: 'Damping slider' }),
    page.getByRole('slider', { name: 'Iteration shown' }),
    page.getByRole('checkbox').first(),
    page.getByRole('combobox', { name: 'Horizontal axis' }),
    page.getByRole('tab', { name: 'Convergence' }),
    page.getByRole('application', { name: /^Residual over iterations/ }),
    page.getByRole('button', { name: 'Explain Damping β' }),
    page.getByRole('link', { name: 'Solve', exact: true }),
  ];
  for (const control of controls) {
    await control.focus();
    await page.keyboard.press('l');
    await expect(solve.button('Log residual axis')).toHaveAttribute('aria-pressed', 'false');
    await page.keyboard.press('l');
    await expect(solve.button('Log residual axis')).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  // Arrows are the slider's, and letters of its entries the list's.
  await page.getByRole('slider', { name: 'Damping slider' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('textbox', { name: 'Damping', exact: true })).toHaveValue('0.95');
  const method = page.getByRole('combobox', { name: 'Method', exact: true });
  await method.focus();
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: /^Unpin/ })).toHaveCount(0);
  await page.keyboard.press('r');
  await solve.expectIteration(0);
});

test('settings are undone and redone, by keys and by buttons', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=contraction');
  await expect(solve.output('status')).toBeVisible();
  const seed = page.getByRole('textbox', { name: 'Seed', exact: true });
  const before = await seed.inputValue();
  await expect(solve.button('Undo')).toBeDisabled();
  await page.keyboard.press('s');
  await expect(seed).not.toHaveValue(before);
  const drawn = await seed.inputValue();
  await page.keyboard.press('Control+z');
  await expect(seed).toHaveValue(before);
  await page.keyboard.press('Control+Shift+z');
  await expect(seed).toHaveValue(drawn);
  await page.getByLabel('Preset').selectOption('picard-diverges');
  await solve.button('Undo').click();
  await expect(page.getByLabel('Preset')).toHaveValue('contraction');
  await expect(seed).toHaveValue(drawn);

  await seed.fill('77');
  await seed.press('ControlOrMeta+z');
  await expect(seed).not.toHaveValue('77');
  await expect(page.getByLabel('Preset')).toHaveValue('contraction');
});

test('the menu of commands finds a setting, goes to it, and runs commands', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=contraction');
  await expect(solve.output('status')).toBeVisible();
  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox', { name: /^Search commands/ });
  await expect(box).toBeFocused();
  await box.fill('adjoint tol');
  const chosen = page.getByRole('listbox', { name: 'Commands' }).getByRole('option', {
    selected: true,
  });
  await expect(chosen).toContainText('Adjoint tol');
  await box.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Adjoint tol.' })).toBeFocused();

  await page.keyboard.press('Control+k');
  await box.fill('light theme');
  await box.press('ArrowDown');
  await box.press('ArrowUp');
  await box.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.keyboard.press('Control+k');
  await box.fill('xyzzy');
  await expect(page.getByText('Nothing is called that')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('all keys are listed, and single ones can be switched off', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=contraction');
  await expect(solve.output('status')).toBeVisible();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog.getByText('Play or pause')).toBeVisible();
  await dialog.getByRole('checkbox', { name: /^Single keys/ }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('2');
  await expect(page).toHaveURL(/#\/solve/);
  await page.keyboard.press('ArrowRight');
  await solve.expectIteration(1);
});

test('a presentation hides the rails, and Escape ends it', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open();
  await expect(solve.output('status')).toBeVisible();
  await page.keyboard.press('[');
  await expect(solve.button('Unfold settings')).toBeVisible();
  await solve.button('Unfold settings').click();
  await page.keyboard.press('Shift+P');
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await expect(solve.button('Leave presentation')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Settings' })).toBeVisible();
});

test('a teacher’s link leaves out what its maker chose, and says so', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=contraction');
  await solve.button('More ways to share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this set-up' });
  await dialog.getByRole('checkbox', { name: 'the Train view' }).check();
  await dialog.getByRole('checkbox', { name: 'Solver settings' }).check();
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Copied the link.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('&hide=train,solver.*');

  const lesson = new SolvePage(await context.newPage());
  errors.push(...(await lesson.open(new URL(link).hash)));
  await expect(lesson.page.getByText('This link leaves some controls out')).toBeVisible();
  await expect(lesson.page.getByRole('combobox', { name: 'Method', exact: true })).toHaveCount(0);
  await expect(lesson.page.getByRole('link', { name: 'Train', exact: true })).toHaveCount(0);
  await lesson.page.keyboard.press('2');
  await expect(lesson.page).toHaveURL(/#\/solve/);
  await lesson.button('Show all').click();
  await expect(lesson.page.getByRole('combobox', { name: 'Method', exact: true })).toBeVisible();
  await expect(lesson.page).not.toHaveURL(/hide=/);
  expect(errors).toEqual([]);
});

test('an embedded page is the picture and its transport, and leads to the whole', async ({
  page,
}) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=contraction&embed=1');
  await expect(page.getByRole('banner')).toHaveCount(0);
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  const link = page.getByRole('link', { name: 'Open in DEQ Playground' });
  await expect(link).toHaveAttribute('href', /#\/solve\?v=1&p=contraction$/);
});

test('on a phone the cards below the chart are turned by buttons', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const solve = new SolvePage(page);
  await solve.open();
  await expect(page.getByText('Convergence, 1 of')).toBeVisible();
  await solve.button('Next card').click();
  await expect(page.getByText('Price of each digit, 2 of')).toBeVisible();
  await solve.button('Show the memory').click();
  await expect(page.getByText(/^Memory, \d of/)).toBeVisible();
});

test('keys pressed before the page knows what they do are done when it does', async ({ page }) => {
  const [file] = [...builtParts()].find(([, part]) => part === 'pressedKey') ?? [];
  await page.route(`**/${file ?? 'pressedKey is no chunk of its own'}`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  const solve = new SolvePage(page);
  await solve.open();
  await expect(solve.button('Step back')).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
});
