import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium, webgpuFlags } from './scripts/chromium.mjs';
import { tensorflowModules } from './scripts/tensorflow.mjs';

const report = process.env['REPORT_FILE'];
const resolve = { dedupe: ['@tensorflow/tfjs-core'] };

/** Unit tests run without one, so that none was found is said by the browser's launch, if any. */
const chromium = findChromium();
const launchOptions = {
  args: webgpuFlags,
  ...(chromium ? { executablePath: chromium } : {}),
};

export default defineConfig({
  test: {
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report ? { outputFile: { json: report } } : {}),
    projects: [
      {
        resolve,
        // Vitest would take tfjs's CommonJS bundles, and deep imports a second copy beside them.
        environments: { ssr: { resolve: { mainFields: ['module'] } } },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: ['**/*.gpu.test.ts', '**/node_modules/**'],
          testTimeout: 90_000,
          // Through Vite, not Node: tfjs's modules import each other without extensions.
          server: { deps: { inline: [/@tensorflow/] } },
          // Loading tfjs takes two seconds; files that run in one process share it.
          isolate: false,
        },
      },
      {
        test: {
          name: 'unit-page',
          environment: 'node',
          include: ['app/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          testTimeout: 90_000,
          // Half the time went into importing the same modules for each file.
          isolate: false,
          unstubGlobals: true,
        },
      },
      {
        resolve,
        publicDir: 'public',
        optimizeDeps: { include: tensorflowModules() },
        test: {
          name: 'gpu',
          include: ['src/**/*.gpu.test.ts'],
          // A software GPU takes its time.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // One page for all files: TensorFlow.js is loaded once, and each shader compiled once.
          isolate: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
