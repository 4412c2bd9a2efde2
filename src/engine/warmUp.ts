import { compileAhead } from '../tf/compile.ts';
import { fusedOn } from '../tf/fused.ts';
import type { EngineEvent } from './protocol.ts';

/**
 * Compile the kernels that `work` enqueues, in parallel and without running them, so that none compiles
 * in the middle of a solve. `work` must read nothing back. Reference operations compile as they come.
 */
export async function warmUp(emit: (event: EngineEvent) => void, work: () => void): Promise<void> {
  if (!fusedOn()) return;
  emit({ event: 'compiling', active: true });
  try {
    await compileAhead(work);
  } finally {
    emit({ event: 'compiling', active: false });
  }
}
