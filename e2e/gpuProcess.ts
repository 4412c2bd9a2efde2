import { execFileSync } from 'node:child_process';

/** End the GPU process of the Chromium under test, as a driver crash would; it starts a new one. */
export function killGpuProcess(): void {
  const processes = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('--type=gpu-process') && line.includes('playwright'));
  if (processes.length === 0) throw new Error('No GPU process of the tests was found.');
  for (const line of processes) process.kill(Number.parseInt(line, 10), 'SIGKILL');
}
