/** Which GPU the tests run on: looked at once, before anything takes minutes. Needs Playwright installed. */
import { adapters, webgpuFlagsOf } from './chromium.mjs';

/**
 * What the browser calls its adapter, or undefined where it has none.
 * @param {string} executablePath
 * @param {import('./chromium.mjs').Adapter} adapter
 * @returns {Promise<string | undefined>}
 */
const ask = async (executablePath, adapter) => {
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath, args: webgpuFlagsOf(adapter) });
  try {
    const page = await browser.newPage();
    // WebGPU wants a secure page: about:blank is none.
    await page.route('http://localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    await page.goto('http://localhost/');
    return await page.evaluate(async () => {
      const found = await navigator.gpu?.requestAdapter();
      if (!found) return undefined;
      const { vendor, architecture, description } = found.info;
      return [vendor, architecture, description].filter(Boolean).join(' ') || 'without a name';
    });
  } finally {
    await browser.close();
  }
};

/**
 * The adapter to test on: `TEST_GPU` if it is set, else the usual one of this system, else software, which
 * machines without a GPU have. Throws where the browser offers none: skipping would say that all is well.
 * @param {string} executablePath
 * @returns {Promise<{ adapter: import('./chromium.mjs').Adapter, name: string }>}
 */
export const findAdapter = async (executablePath) => {
  for (const adapter of adapters()) {
    const name = await ask(executablePath, adapter);
    if (name) return { adapter, name };
  }
  throw new Error(
    [
      `This browser offers no WebGPU adapter (tried: ${adapters().join(', ')}), and the tests need one.`,
      'Use a newer Chrome or Chromium, or name another with CHROMIUM_PATH.',
    ].join('\n'),
  );
};
