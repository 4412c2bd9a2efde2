import { auditLayout } from './layoutAudit.ts';
import { expect, test, type Page } from './test.ts';

type Size = readonly [width: number, height: number];

/** One of each arrangement of the page: wide and low, rails beside or below, a phone either way up, the narrowest. */
const arrangements: readonly Size[] = [
  [1440, 900],
  [1280, 720],
  [1024, 768],
  [844, 390],
  [390, 844],
  [320, 640],
];

/** Others that people have, for the view with the most in it. The last is what 1440 × 900 has at 200 %. */
const further: readonly Size[] = [
  [1920, 1080],
  [1366, 768],
  [1280, 800],
  [720, 450],
];

/** What is wrong, each with where it was found. */
class Findings {
  readonly found: string[] = [];
  where = '';

  async audit(page: Page, within = ''): Promise<void> {
    // Charts take their new size a moment after their place has it.
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.recharts-responsive-container')].every((place) => {
        const chart = place.querySelector('svg.recharts-surface')?.getBoundingClientRect();
        const { width, height } = place.getBoundingClientRect();
        return !chart || (Math.abs(chart.width - width) < 2 && Math.abs(chart.height - height) < 2);
      }),
    );
    let problems = await page.evaluate(auditLayout, { within });
    // What is still on its way to another size is no fault; what stays wrong is.
    for (let looks = 0; problems.length > 0 && looks < 10; looks++) {
      await page.waitForTimeout(300);
      problems = await page.evaluate(auditLayout, { within });
    }
    this.found.push(...problems.map((problem) => `${this.where}: ${problem}`));
  }
}

/** Every tab, or on a phone every card, of what stands below the chart. */
async function walkBelow(page: Page, findings: Findings): Promise<void> {
  const place = findings.where;
  const tabs = page.locator('main').getByRole('tab');
  for (const tab of await tabs.all()) {
    findings.where = `${place}, ${(await tab.textContent()) ?? ''}`;
    await tab.dispatchEvent('click');
    await expect(page.getByRole('tabpanel').locator('section').first()).toBeVisible();
    await findings.audit(page, 'main');
  }
  const next = page.getByRole('button', { name: 'Next card' });
  while ((await next.count()) > 0 && (await next.isEnabled())) {
    const position = page.getByText(/, \d+ of \d+$/);
    const before = (await position.textContent()) ?? '';
    await next.dispatchEvent('click');
    await expect(position).not.toHaveText(before);
    findings.where = `${place}, ${(await position.textContent()) ?? ''}`;
    await findings.audit(page, 'main section[aria-roledescription]');
  }
  findings.where = place;
}

/** Whether the curve, with its axes, is on screen as a whole and nothing lies over it. */
const chartIsWhole = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const chart = document.querySelector(
      'section[aria-label="Residual chart"] svg.recharts-surface',
    );
    if (!chart) return false;
    const { left, right, top, bottom } = chart.getBoundingClientRect();
    const corners = [left + 2, right - 2].flatMap((x) =>
      [top + 2, bottom - 2].map((y) => document.elementFromPoint(x, y)),
    );
    return (
      bottom - top >= 120 &&
      corners.every((at) => at?.closest('section[aria-label="Residual chart"]'))
    );
  });

for (const mode of ['normal', 'presentation'] as const)
  test(`nothing overlaps, is cut off or out of reach at any size: ${mode}`, async ({ page }) => {
    // Hundreds of looks at one page: seconds on a machine that has nothing else to do.
    test.slow();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const findings = new Findings();
    await page.goto('./#/solve?v=1');
    // The banner on what it runs on is there in normal mode, and dismissed in the other.
    await expect(page.getByText(/WebGPU isn’t in use/)).toBeVisible();
    if (mode === 'presentation') {
      await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
      await page.keyboard.press('Shift+P');
      await expect(page.getByRole('button', { name: 'Leave presentation' })).toBeVisible();
    }
    for (const view of ['solve', 'train', 'gallery', 'learn', 'check']) {
      await page.evaluate((name) => {
        location.hash = `#/${name}?v=1`;
      }, view);
      await expect(page.getByText(/^Loading/)).toHaveCount(0);
      const sizes = mode === 'normal' && view === 'solve' ? further : [];
      // Widths at which what stands below the chart is looked at, tab by tab: each arrangement in one of the
      // modes. A presentation, whose words are larger, has the least room and so the wide and the phone's.
      const below = mode === 'normal' ? [1024, 844, 320] : [1280, 390];
      for (const [width, height] of [...arrangements, ...sizes]) {
        await page.setViewportSize({ width, height });
        findings.where = `${view} at ${String(width)} × ${String(height)}`;
        if (view === 'solve')
          await expect(page.locator('main svg.recharts-surface').first()).toBeVisible();
        await findings.audit(page);
        if (view === 'solve' && below.includes(width)) await walkBelow(page, findings);
      }
    }
    expect(findings.found).toEqual([]);
  });

test('nor in what lies over the page, nor in Backward mode', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const findings = new Findings();
  await page.goto('./#/solve?v=1&p=contraction');
  await expect(page.getByText(/WebGPU isn’t in use/)).toBeVisible();
  for (const [width, height] of [
    [1280, 720],
    [844, 390],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const command of ['About: version', 'Keyboard shortcuts', 'Share: link', null]) {
      await page.keyboard.press('Control+k');
      const menu = page.getByRole('dialog', { name: 'Commands' });
      await expect(menu).toBeVisible();
      findings.where = `${command ?? 'Commands'} at ${String(width)} × ${String(height)}`;
      if (command !== null) {
        await page.keyboard.type(command);
        await page.keyboard.press('Enter');
        await expect(menu).toHaveCount(0);
        await expect(page.getByRole('dialog')).toBeVisible();
      }
      await findings.audit(page, 'dialog');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    findings.where = `Backward at ${String(width)} × ${String(height)}`;
    await page.getByRole('button', { name: 'Backward', exact: true }).click();
    await expect(page.getByRole('heading', { name: /Adjoint residual/ })).toBeVisible();
    await findings.audit(page);
    await page.getByRole('button', { name: 'Forward', exact: true }).click();
  }
  expect(findings.found).toEqual([]);
});

test('the four numbers of a phone stand in a line or two by two, and in sight when pressed', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./#/solve?v=1&p=contraction');
  await page.getByRole('button', { name: 'Run to convergence' }).click();
  const lead = page.getByRole('button', { name: 'Show the spectrum' });
  await lead.click();
  const radius = page.getByRole('status', { name: 'spectral radius of the Jacobian' });
  await expect(radius).toHaveText(/^(≈ )?\d/);
  await lead.hover();
  await expect(lead).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  const numbers = ['iteration', 'relative residual', 'spectral radius of the Jacobian', /^peak of/];
  for (const width of [390, 360, 320]) {
    await page.setViewportSize({ width, height: 844 });
    const tops = await Promise.all(
      numbers.map(async (name) =>
        Math.round((await page.getByRole('status', { name }).first().boundingBox())?.y ?? NaN),
      ),
    );
    expect(tops[1]).toBe(tops[0]);
    expect(tops[3]).toBe(tops[2]);
  }
});

test('a phone on its side and a page at 200 % show the chart whole', async ({ page }) => {
  await page.goto('./#/solve?v=1');
  await expect(page.getByText(/WebGPU isn’t in use/)).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
  for (const [width, height] of [
    [844, 390],
    [720, 450],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => chartIsWhole(page)).toBe(true);
  }
});

test('the first screen says what a DEQ is, and no longer once that is dismissed', async ({
  page,
}) => {
  await page.goto('./');
  const intro = page.getByRole('region', { name: 'What this is' });
  await expect(intro).toContainText('deep equilibrium model');
  await expect(intro.getByRole('link', { name: 'Paper' })).toHaveAttribute(
    'href',
    'https://arxiv.org/abs/1909.01377',
  );
  await intro.getByRole('button', { name: 'About' }).click();
  const about = page.getByRole('dialog', { name: 'About DEQ Playground' });
  await expect(about).toContainText(/Version \d+\.\d+\.\d+/);
  for (const name of ['MIT licence', 'licences of the packages in this page']) {
    const href = (await about.getByRole('link', { name }).getAttribute('href')) ?? '';
    expect((await page.request.get(href)).headers()['content-type']).toContain('text/plain');
  }
  await page.keyboard.press('Escape');
  // The claim of the preset and what to try next stand above the chart.
  const story = page.getByRole('region', { name: 'What to look for' });
  const chart = page.getByRole('region', { name: 'Residual chart' });
  // Polled, since what is still being loaded moves both.
  await expect
    .poll(async () => {
      const [above, below] = [await story.boundingBox(), await chart.boundingBox()];
      return (below?.y ?? NaN) - (above?.y ?? NaN) - (above?.height ?? NaN);
    })
    .toBeGreaterThanOrEqual(0);
  await story.getByRole('button', { name: 'Raise the gain to 1.5' }).click();
  await expect(page.getByRole('textbox', { name: 'Weight gain' })).toHaveValue('1.5');
  await expect(story).toContainText('1 setting changed since');

  await intro.getByRole('button', { name: 'Dismiss the introduction' }).click();
  await expect(intro).toHaveCount(0);
  await page.reload();
  await expect(story).toBeVisible();
  await expect(intro).toHaveCount(0);
});
