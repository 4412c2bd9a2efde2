import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from './test.ts';
import { SolvePage } from './page.ts';

/** Presses a button of the menu and reads the file that comes of it. */
async function saved(page: Page, name: string): Promise<{ file: string; bytes: Buffer }> {
  const coming = page.waitForEvent('download');
  await page
    .getByRole('dialog', { name: 'Save figure' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
  const download = await coming;
  return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('the residual chart is saved as PNG, SVG and CSV, light on a dark page', async ({ page }) => {
  const solve = new SolvePage(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const errors = await solve.open('#/solve?v=1&p=contraction');
  const card = page.getByRole('region', { name: 'Residual chart' });
  await expect(card.locator('.recharts-surface').first()).toBeVisible();
  const open = card.getByRole('button', { name: 'Save figure' });
  await open.click();

  const svg = await saved(page, 'SVG');
  expect(svg.file).toMatch(/^relative-residual.*\.svg$/);
  const text = svg.bytes.toString('utf8');
  expect(text).not.toMatch(/var\(|class=|<script|<foreignObject/);
  const drawn = await page.evaluate((content) => {
    const parsed = new DOMParser().parseFromString(content, 'image/svg+xml');
    const root = parsed.documentElement;
    return {
      faults: parsed.querySelectorAll('parsererror').length,
      name: root.localName,
      size: ['width', 'height'].map((side) => Number(root.getAttribute(side))),
      ground: root.querySelector(':scope > rect')?.getAttribute('fill'),
      words: Array.from(parsed.querySelectorAll('text'), (one) => one.textContent).join(' | '),
      // Every reference is to something in the file.
      lost: Array.from(content.matchAll(/url\(#([^)]+)\)/g), ([, id = '']) => id).filter(
        (id) => !parsed.getElementById(id),
      ),
      fonts: Array.from(parsed.querySelectorAll('text'), (one) =>
        one.closest('[font-family]')?.getAttribute('font-family'),
      ),
    };
  }, text);
  expect(drawn).toMatchObject({ faults: 0, name: 'svg', ground: '#fff', lost: [] });
  expect(drawn.words).toContain('Relative residual');
  expect(drawn.words).toContain('iterations');
  expect(drawn.words).toContain('1e-1');
  expect(drawn.words).toContain('p=contraction');
  expect(drawn.fonts.every((font) => font?.includes('sans-serif'))).toBe(true);
  // The page itself has stayed dark.
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  const png = await saved(page, 'PNG');
  expect(png.bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  const [width = 0, height = 0] = drawn.size;
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([2 * width, 2 * height]);
  const corner = await page.evaluate(async (base64) => {
    const image = await createImageBitmap(
      await (await fetch(`data:image/png;base64,${base64}`)).blob(),
    );
    const canvas = new OffscreenCanvas(image.width, image.height);
    const target = canvas.getContext('2d');
    target?.drawImage(image, 0, 0);
    const { data } = target?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
    return {
      first: Array.from(data.slice(0, 4)),
      colours: new Set(new Uint32Array(Uint8Array.from(data).buffer)).size,
    };
  }, png.bytes.toString('base64'));
  expect(corner.first).toEqual([255, 255, 255, 255]);
  expect(corner.colours).toBeGreaterThan(20);

  const csv = await saved(page, 'CSV');
  const [head, ...rows] = csv.bytes.toString('utf8').trimEnd().split('\r\n');
  expect(head).toBe('line,iterations,"relative residual, worst sample",median sample,event');
  const curve = rows
    .map((row) => row.split(','))
    .filter(([line]) => line === rows[0]?.split(',')[0]);
  await page.keyboard.press('Escape');
  await expect(open).toBeFocused();
  // The table of the page has the same numbers, rounded.
  await card.getByRole('button', { name: 'Table' }).click();
  const last = card.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await expect(last).toHaveCount(curve.length);
  expect(curve.map(([, iteration]) => iteration)).toEqual(curve.map((_, index) => String(index)));
  expect(Number(curve[0]?.[2])).toBe(1);

  // With the table in its place there is no picture; the numbers stay, and the clipboard says what it refuses.
  await open.click();
  const menu = page.getByRole('dialog', { name: 'Save figure' });
  await menu.getByRole('button', { name: /^PNG/ }).click();
  await expect(menu.getByRole('status')).toContainText('no picture on the page');
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
  });
  await menu.getByRole('button', { name: 'Copy numbers' }).click();
  await expect(menu.getByRole('status')).toContainText(
    'did not let the page write to the clipboard',
  );
  await page.evaluate(() => {
    delete (navigator as unknown as Record<string, unknown>)['clipboard'];
  });
  expect(errors).toEqual([]);
});
