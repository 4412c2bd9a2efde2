import { expect, test } from '@playwright/test';

/** Slow 4G as Lighthouse has it: bytes a second, milliseconds there and back. */
const SLOW = { download: (1.6e6 / 8) * 0.9, upload: (750e3 / 8) * 0.9, latency: 150 };

/** The processor as a phone's: this many times as slow as one that sorts in so many milliseconds, as the machines of these checks do. */
const SLOWER = 4;
const SORTS_IN = 45;

/**
 * Milliseconds of some plain work, the quickest of several. A slower machine is slowed down by less, as Lighthouse would
 * have one do.
 */
const sorting = (): number => {
  const times = Array.from({ length: 9 }, () => {
    const from = performance.now();
    Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 100_003).sort((a, b) => a - b);
    return performance.now() - from;
  });
  return Math.min(...times);
};

/** Loads are counted until one is good: what else this machine does only adds to them. */
const LOADS = 6;

test('over Slow 4G, on a slow processor, the page is there within 2.5 seconds, and answers within 4', async ({
  browser,
}) => {
  const least = { paint: Infinity, answer: Infinity, rates: [] as number[] };
  for (let load = 0; load < LOADS && (least.paint > 2500 || least.answer > 4000); load++) {
    // Nothing of it is cached.
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      downloadThroughput: SLOW.download,
      uploadThroughput: SLOW.upload,
      latency: SLOW.latency,
    });
    const sorted = await page.evaluate(sorting);
    const rate = Math.max(1, SLOWER * Math.min(1, SORTS_IN / sorted));
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    await page.addInitScript(() => {
      const seen = { paint: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const { startTime } of list.getEntries()) seen.paint = startTime;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
    });
    await page.goto('./');
    // The recorded run is there before any engine: a step back through it is the first that can be done.
    await page.getByRole('button', { name: 'Step back', exact: true }).click();
    await expect(page.getByText(/iteration \d+ of \d+/).first()).toBeAttached();
    console.log(sorted, rate);
    least.rates.push(rate);
    const made = await page.evaluate(() => ({
      ...(window as unknown as { seen: { paint: number } }).seen,
      answer: performance.now(),
    }));
    least.paint = Math.min(least.paint, made.paint);
    least.answer = Math.min(least.answer, made.answer);
    await context.close();
  }
  test.info().annotations.push({ type: 'measured', description: JSON.stringify(least) });
  expect(least.paint).toBeGreaterThan(0);
  expect(least.paint).toBeLessThan(2500);
  expect(least.answer).toBeLessThan(4000);
});
