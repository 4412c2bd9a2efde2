import { chromium } from '@playwright/test';
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-quic', '--no-first-run'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.on('console', (m) => {
  if (m.type() === 'error') console.log('ERR', m.text().slice(0, 200));
});
await page.goto('http://127.0.0.1:4890/#/solve?v=1&p=multiscale-digit');
await page.waitForTimeout(4000);
await page.getByRole('button', { name: 'Run to convergence' }).click();
await page.waitForTimeout(5000);
await page.screenshot({ path: '/tmp/look-multi.png', fullPage: false });
await page.mouse.move(700, 700);
await page.mouse.wheel(0, 500);
await page.waitForTimeout(800);
await page.screenshot({ path: '/tmp/look-multi2.png' });
await page.goto('about:blank');
await page.goto(
  'http://127.0.0.1:4890/#/train?v=1&problem.family=inverse&train.twin=true&train.twinKind=tie&train.steps=40',
);
await page.waitForTimeout(3000);
await page.getByRole('button', { name: 'Train', exact: true }).click();
await page.waitForTimeout(25000);
await page.screenshot({ path: '/tmp/look-twin.png' });
await page.setViewportSize({ width: 390, height: 844 });
await page.waitForTimeout(1500);
await page.screenshot({ path: '/tmp/look-twin-phone.png', fullPage: true });
await browser.close();
