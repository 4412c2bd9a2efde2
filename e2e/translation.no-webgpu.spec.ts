import { expect, test, type Page } from '@playwright/test';
import { SolvePage } from './page.ts';

/**
 * Translates as browsers do: each text of the page, those that come later too, makes way for a
 * `<font>` with other words, or is wrapped in one.
 */
const translate = (page: Page, how: 'replaced' | 'wrapped'): Promise<void> =>
  page.evaluate((how) => {
    const untouched = 'script, style, textarea, select, svg, math, font, [translate=no]';
    const one = (text: Text): void => {
      if (!text.parentElement || text.parentElement.closest(untouched) || !text.data.trim()) return;
      const font = document.createElementNS('http://www.w3.org/1999/xhtml', 'font');
      text.replaceWith(font);
      if (how === 'wrapped') font.append(text);
      else font.textContent = `~${text.data}`;
    };
    const all = (): void => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      texts.forEach(one);
    };
    all();
    new MutationObserver(all).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  }, how);

for (const how of ['replaced', 'wrapped'] as const)
  test(`a page whose texts a translator has ${how} runs to the end and shows every view`, async ({
    page,
  }) => {
    const solve = new SolvePage(page);
    const errors = await solve.open('#/solve?v=1&p=contraction');
    await solve.expectIteration(0);
    await translate(page, how);
    await solve
      .button(how === 'replaced' ? '~Step' : 'Step')
      .or(solve.button('Step'))
      .click();
    await solve.expectIteration(1);
    await page.getByRole('button', { name: 'Run to convergence' }).click();
    await expect(solve.output('status')).toContainText(/Converged/);
    for (const view of ['Train', 'Gallery', 'Learn', 'Solve']) {
      await page.getByRole('link', { name: new RegExp(`${view}$`) }).click();
      await expect(page.locator('nav[aria-label=Views] a[aria-current=page]')).toContainText(view);
    }
    await page.getByLabel('Preset').selectOption('char-transformer');
    await page.getByRole('button', { name: 'Run to convergence' }).click();
    await expect(solve.output('status')).toContainText(/Converged/);
    // No text stands beside its own translation, or stays after its time.
    await expect(solve.output('status')).not.toContainText(/Converged.*(Converged|Paused)/);
    await expect(page.getByText('stopped working')).toBeHidden();
    expect(errors).toEqual([]);
  });
