import { defineConfig } from '@playwright/test';
import { noWebgpuFlags, requireChromium, webgpuFlags } from '../scripts/chromium.mjs';
import { port, url } from './address.ts';

const report = process.env['REPORT_FILE'];
const executablePath = requireChromium();
const chromium = (args: string[]) => ({ launchOptions: { executablePath, args } });

/**
 * Plain specs run with WebGPU only, those named `*.no-webgpu.spec.ts` without it, and `*.alone.spec.ts`, which take time,
 * without it and by themselves (`start` of `scripts/checks.mjs`).
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // A software GPU takes its time.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: report ? [['line'], ['json', { outputFile: report }]] : [['list']],
  use: { baseURL: url, screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'webgpu',
      testMatch: '**/*.spec.ts',
      testIgnore: ['**/*.no-webgpu.spec.ts', '**/*.alone.spec.ts'],
      use: chromium(webgpuFlags),
      // Two software GPUs at once would each wait for the other's shaders.
      workers: 1,
      timeout: 240_000,
      expect: { timeout: 90_000 },
    },
    { name: 'no-webgpu', testMatch: '**/*.no-webgpu.spec.ts', use: chromium(noWebgpuFlags) },
    {
      name: 'alone',
      testMatch: '**/*.alone.spec.ts',
      use: chromium(noWebgpuFlags),
      workers: 1,
    },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: '..',
    url,
    reuseExistingServer: false,
  },
});
