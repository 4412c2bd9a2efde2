import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** The files of the built page, which are named by their contents alone, and the part that each is of. */
export function builtParts(): ReadonlyMap<string, string> {
  const text = readFileSync(join(import.meta.dirname, '../dist/.vite/manifest.json'), 'utf8');
  const chunks = Object.values(
    JSON.parse(text) as Record<string, { file: string; name?: string; css?: string[] }>,
  );
  return new Map(
    chunks.flatMap(({ file, name = '', css = [] }) =>
      [file, ...css].map((one) => [one.split('/').at(-1) ?? '', name] as const),
    ),
  );
}

/** The Solve view as a person finds it: by the names of its controls and outputs. */
export class SolvePage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Open the page, with a fragment such as `#/solve?v=1`, and note what goes wrong in it. */
  async open(fragment = ''): Promise<string[]> {
    const errors: string[] = [];
    this.page.on('pageerror', (error) => errors.push(error.message));
    this.page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await this.page.goto(`./${fragment}`);
    return errors;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  output(name: string): Locator {
    return this.page.getByRole('status', { name, exact: true });
  }

  /** Wait until the solve has that many iterations behind it. */
  async expectIteration(iteration: number): Promise<void> {
    await expect(this.output('iteration')).toHaveText(String(iteration));
  }

  async expectStatus(words: RegExp): Promise<void> {
    await expect(this.output('status')).toHaveText(words);
  }

  /** The iteration shown, once the solve has ended. */
  async lastIteration(): Promise<number> {
    await this.expectStatus(/^Converged/);
    return Number(await this.output('iteration').textContent());
  }

  /** Wait until the chart, which follows the solve at its own pace, has a point for each record. */
  async expectWholeCurve(): Promise<void> {
    const records = Number(await this.output('iteration').textContent()) + 1;
    const points = async (): Promise<number | undefined> =>
      (await this.curves())[0]?.match(/[ML]/g)?.length;
    await expect.poll(points).toBe(records);
  }

  /** The lines of the chart, as paths. */
  curves(): Promise<string[]> {
    return this.page
      .locator('.recharts-line-curve')
      .evaluateAll((paths) => paths.map((path) => path.getAttribute('d') ?? ''));
  }

  /**
   * Every record as the page's table shows it, a row of cells each. It may be a moment behind: compare it by
   * `expect.poll`.
   */
  async records(): Promise<string[][]> {
    const table = this.page.getByRole('group', { name: 'Table of records' }).getByRole('table');
    if (!(await table.isVisible())) await this.button('Table').click();
    await expect(table).toBeVisible();
    return table
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => Array.from(row.children, (cell) => cell.textContent)),
      );
  }
}
