import { GitFork, Pin, Waves, X } from 'lucide-react';
import type { TraceLine } from '../../../charts/frame.ts';
import { canFork, canPerturb } from '../../../store/solve/shown.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { isShown } from '../../../store/solve/pins.ts';
import { branchWords } from './branchWords.ts';
import { ToolButton } from './ToolButton.tsx';
import styles from './TraceTools.module.css';

/** What can be done with the trace and from the iteration shown, and the traces that are kept. */
export function TraceTools({ lines }: { readonly lines: readonly TraceLine[] }) {
  const { pin, unpin } = useAppStore().getState();
  const empty = useApp(
    (state) =>
      (state.pass === 'forward' ? state.records : (state.adjoint?.records ?? [])).length === 0,
  );
  const kept = useApp((state) => state.pins.some((one) => isShown(one, state)));
  const forkable = useApp((state) => canFork(state) && !state.fault);
  const perturbable = useApp((state) => canPerturb(state) && !state.fault);
  const backward = useApp((state) => state.pass === 'backward');
  const words = useApp(branchWords);
  const why = backward
    ? 'Only the forward solve branches'
    : 'Only from iterations of the branch itself: Reset leaves it';
  return (
    <div className={styles['tools']}>
      <button
        type="button"
        className={styles['tool']}
        disabled={empty}
        title={kept ? 'Keep the newer state of this trace (P)' : 'Keep this trace in the chart (P)'}
        onClick={() => {
          pin();
        }}
      >
        <Pin size={14} fill={kept ? 'currentColor' : 'none'} aria-hidden />
        {kept ? 'Pinned' : 'Pin'}
      </button>
      <ToolButton
        tool="fork"
        className={styles['tool']}
        disabled={!forkable}
        title={forkable ? 'Go on from here with another solver (F)' : why}
      >
        <GitFork size={14} aria-hidden />
        Fork…
      </ToolButton>
      <ToolButton
        tool="perturb"
        className={styles['tool']}
        disabled={!perturbable}
        title={perturbable ? 'Kick z and see whether it comes back' : why}
      >
        <Waves size={14} aria-hidden />
        Perturb…
      </ToolButton>
      <ul className={styles['pins']} aria-label="Pinned traces">
        {lines
          .filter(({ key }) => key !== 'parent')
          .map(({ key, name, stroke, dash }) => (
            <li key={key}>
              <svg width="24" height="8" aria-hidden>
                <path d="M0 4H24" stroke={stroke} strokeDasharray={dash} strokeWidth="2.4" />
              </svg>
              <span>{name}</span>
              <button
                type="button"
                className={styles['unpin']}
                aria-label={`Unpin ${name}`}
                title="Unpin"
                onClick={() => {
                  unpin(Number(key.slice(4)));
                }}
              >
                <X size={13} aria-hidden />
              </button>
            </li>
          ))}
      </ul>
      {words !== null && (
        <output className={styles['words']} aria-label="branch" title={words}>
          {words}
        </output>
      )}
    </div>
  );
}
