import { useState } from 'react';
import { formatCount } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { lastGoodStep, stepOf } from '../../store/train/trainText.ts';
import type { Remedy } from '../../store/train/remedies.ts';
import type { CheckpointEntry } from '../../store/train/types.ts';
import { Banner } from '../../ui/Banner.tsx';
import { FaultBanner } from '../FaultBanner.tsx';
import { keptSentence } from './trainWords.ts';

/** What training has to say above everything: a run to go on with, a failure, numbers that blew up. */
export default function TrainNotices() {
  const fault = useApp((state) => state.trainFault);
  const resumable = useApp((state) => state.resumable);
  const phase = useApp((state) => state.runPhase);
  const modelProblem = useApp((state) => state.modelProblem);
  const { train, dismissModelProblem } = useAppStore().getState();
  return (
    <>
      {fault && <FaultBanner fault={fault} action="Try again" onAction={train} />}
      {modelProblem !== null && (
        <Banner kind="error" onDismiss={dismissModelProblem}>
          {modelProblem}
        </Banner>
      )}
      {(phase === 'nonfinite' || phase === 'diverged') && <BlownUp kind={phase} />}
      {resumable && <Resumable entry={resumable} />}
    </>
  );
}

function Resumable({ entry }: { readonly entry: CheckpointEntry }) {
  const { resume, forgetResumable } = useAppStore().getState();
  const shown = useApp((state) => state.experiment);
  // How long ago when it was offered; nobody needs it to tick.
  const [now] = useState(() => Date.now());
  return (
    <Banner
      kind="notice"
      actions={
        <>
          <button
            type="button"
            onClick={() => {
              resume(entry.id);
            }}
          >
            Resume
          </button>
          <button type="button" onClick={forgetResumable}>
            Not now
          </button>
        </>
      }
    >
      {keptSentence(entry, shown, now - entry.savedAt)}
    </Banner>
  );
}

function BlownUp({ kind }: { readonly kind: 'nonfinite' | 'diverged' }) {
  const step = useApp((state) => stepOf(state.run));
  const last = useApp(lastGoodStep);
  const { recoverTraining } = useAppStore().getState();
  const start = last === null ? 'Begin again with' : `Go on from step ${formatCount(last)} with`;
  return (
    <Banner
      kind="error"
      actions={
        <>
          {remedies.map(({ label, title, apply }) => (
            <button
              key={label}
              type="button"
              title={title}
              onClick={() => {
                recoverTraining(apply);
              }}
            >
              {apply.length === 1 ? `${start} ${label}` : label}
            </button>
          ))}
        </>
      }
    >
      {kind === 'nonfinite'
        ? `At step ${formatCount(step)} the loss or its gradient was no longer a finite number.`
        : `At step ${formatCount(step)} the loss rose far above guessing.`}{' '}
      That step changed nothing. A smaller learning rate or a tighter gradient clip usually helps;
      so does a Jacobian penalty, if the solver’s health got worse before.
    </Banner>
  );
}

/** What to go on with; a smaller rate is part of each. */
const remedies: readonly {
  readonly label: string;
  readonly title: string;
  readonly apply: readonly Remedy[];
}[] = [
  { label: 'half the learning rate', title: 'The rate alone', apply: ['rate'] },
  {
    label: '+ clip 0.5',
    title: 'Half the learning rate, and gradients no longer than 0.5',
    apply: ['rate', 'clip'],
  },
  {
    label: '+ a stronger Jacobian penalty',
    title: 'Half the learning rate, clip 0.5, and a penalty that keeps the layer easy to solve',
    apply: ['rate', 'clip', 'jacobian'],
  },
];
