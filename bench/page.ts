/** The page that measures; `bench/run.mjs` opens it and calls `bench`. */
import { GpuCounters } from '../src/tf/counters.ts';
import { initBackend } from '../src/tf/backend.ts';
import { measureMatmul } from './matmul.ts';
import { measureRows } from './measureRows.ts';
import type { Report, Row, SizeName } from './rows.ts';
import { measureScaling } from './scaling.ts';

/** Measure everything; with `quick` the small size alone. Progress goes to the console. */
async function bench(quick: boolean): Promise<Report> {
  const started = performance.now();
  const { adapter } = await initBackend('webgpu');
  using counters = new GpuCounters();
  const report = (text: string): void => {
    console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);
  };
  const names: SizeName[] = quick ? ['small'] : ['small', 'odd', 'medium'];
  const rows: Row[] = [];
  let jaxDifference = 0;
  for (const name of names) {
    const measured = await measureRows(name, counters, report);
    rows.push(...measured.rows);
    jaxDifference = Math.max(jaxDifference, measured.jaxDifference);
  }
  const matmul = await measureMatmul(quick ? ['small'] : ['small', 'medium'], counters, {
    budget: quick ? 5000 : 10_000,
    most: 15,
    slow: 800,
  });
  report(`best product: ${matmul.best.name}, ${matmul.best.gflops.toFixed(1)} GFLOP/s`);
  const scaling = await measureScaling(counters, {
    budget: quick ? 1500 : 4000,
    most: 9,
    slow: 800,
  });
  report('scaling');
  const host = {
    date: new Date().toISOString(),
    browser: /Chrom(?:e|ium)\/[\d.]+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent,
    adapter: adapter ? `${adapter.vendor} ${adapter.architecture}`.trim() : 'none',
    software: adapter?.isFallback ?? false,
    quick,
    seconds: Math.round((performance.now() - started) / 1000),
  };
  return { host, rows, scaling, matmul, jaxDifference };
}

declare global {
  interface Window {
    bench: typeof bench;
  }
}

window.bench = bench;
