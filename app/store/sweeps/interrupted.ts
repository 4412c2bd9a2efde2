/** Says that a sweep was interrupted by a reload or a crash, and offers to go on with it. */
import { cellsOf, missingCells } from '../../../src/runs/sweep.ts';
import { writeStored } from '../../stored.ts';
import { say } from '../../ui/say.ts';
import { runsOf } from '../runs/runs.ts';
import type { AppStore } from '../store.ts';
import { INTERRUPTED } from './interruptedKey.ts';
import { sweepsOf } from './sweeps.ts';

/** It is not taken up unasked: whatever made the page go may have been the sweep. */
export async function tellInterrupted(store: AppStore): Promise<void> {
  const sweeps = sweepsOf(store);
  await Promise.all([sweeps.ready(), runsOf(store).ready()]);
  const { sweeps: all, elsewhere, running } = sweeps.state.getState();
  const kept = all.find(({ state }) => state === 'going');
  if (elsewhere || running) return;
  // Once is enough: the Compare view offers it for as long as it is there.
  writeStored(INTERRUPTED, null);
  if (!kept) return;
  const { sweep } = kept;
  const total = cellsOf(sweep).filter(({ problem }) => problem === null).length;
  const done = total - missingCells(sweep, runsOf(store).heads).length;
  say('info', `The sweep ${sweep.name} was interrupted at ${String(done)} of ${String(total)}`, {
    description: 'What was made is kept.',
    duration: 20_000,
    action: { label: 'Resume', onClick: () => void sweeps.goOn(sweep.id) },
  });
}
