import { Check, Copy, Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TorchFiles } from '../../../src/engine/protocol/protocol.ts';
import { getDeqCall } from '../../../src/schema/getDeq.ts';
import { formatBytes } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { faultOf } from '../../store/engine/faults.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './TorchDialog.module.css';

/** How the writing stands. */
type Writing =
  | { readonly stage: 'writing' }
  | { readonly stage: 'written'; readonly files: TorchFiles }
  | { readonly stage: 'failed'; readonly why: string };

/** Hands the model on screen over to PyTorch: a program, its weights, and what to type. */
export default function TorchDialog({ onClose }: { readonly onClose: () => void }) {
  const { writeTorch } = useAppStore().getState();
  const [attempt, setAttempt] = useState(0);
  const [writing, setWriting] = useState<Writing>({ stage: 'writing' });
  useEffect(() => {
    let gone = false;
    const tell = (news: Writing): void => {
      if (!gone) setWriting(news);
    };
    writeTorch().then(
      (files) => {
        tell({ stage: 'written', files });
      },
      (error: unknown) => {
        tell({ stage: 'failed', why: faultOf(error).message });
      },
    );
    return () => {
      gone = true;
    };
  }, [writeTorch, attempt]);
  return (
    <Dialog title="Continue in PyTorch" kind="broad" onClose={onClose}>
      <div className={styles['torch']}>
        <p>
          One Python file and its weights: the same model, the same solver and the same training
          loop in plain PyTorch (1.13 or newer, CPU or CUDA), to go on with your own data at a
          larger size.
        </p>
        {writing.stage === 'writing' && <p role="status">Writing the two files…</p>}
        {writing.stage === 'failed' && (
          <div role="alert">
            <p>The files could not be written. {writing.why}</p>
            <button
              type="button"
              onClick={() => {
                setWriting({ stage: 'writing' });
                setAttempt(attempt + 1);
              }}
            >
              Try again
            </button>
          </div>
        )}
        {writing.stage === 'written' && <Written files={writing.files} />}
        <SolverCall />
      </div>
    </Dialog>
  );
}

/** The two files, and what to do with them. */
function Written({ files }: { readonly files: TorchFiles }) {
  const { keepTorch } = useAppStore().getState();
  const { program, weights, loss, status, trainCommand } = files;
  const [kept, setKept] = useState(false);
  const size = formatBytes(new TextEncoder().encode(program.text).length);
  const python = `python ${program.name}`;
  return (
    <>
      <div className={styles['files']}>
        <button
          type="button"
          className={styles['main']}
          onClick={() => {
            keepTorch(program.name, program.text);
            keepTorch(weights.name, weights.bytes);
            setKept(true);
          }}
        >
          <Download size={15} aria-hidden />
          Download both files
        </button>
        <button
          type="button"
          onClick={() => {
            keepTorch(program.name, program.text);
          }}
        >
          {program.name} <span className={styles['size']}>{size}</span>
        </button>
        <button
          type="button"
          onClick={() => {
            keepTorch(weights.name, weights.bytes);
          }}
        >
          {weights.name} <span className={styles['size']}>{formatBytes(weights.bytes.length)}</span>
        </button>
      </div>
      <p className={styles['said']} role="status">
        {kept ? 'Both are in your downloads. Keep them in one folder.' : ''}
      </p>
      <Command what="Check that it computes the same" text={`${python} evaluate`} />
      <p>
        The input’s loss here is {loss.toFixed(6)}
        {status === 'converged' ? '' : ' (the solve did not converge, so it may differ there)'}; the
        program prints its own beside it. What remains is the order of float32 sums, about 10⁻⁶.
      </p>
      <Command what="Train on" text={`${python} ${trainCommand}`} />
      <p>
        <code>--help</code> lists widths, batch, steps and device. Batches, dropout and new weights
        are drawn by PyTorch’s random numbers, so a training there takes another path than one here.
      </p>
      <p>
        <strong>And back:</strong> it writes <code>trained.safetensors</code>. Open that with “Load
        a model” in the Train view, as long as the model is of a size that the page takes.
      </p>
    </>
  );
}

/** The solver's settings for TorchDEQ. */
function SolverCall() {
  const experiment = useApp((state) => state.experiment);
  const call = getDeqCall(experiment);
  return (
    <details className={styles['call']}>
      <summary>
        The solver’s settings as <code>get_deq(…)</code>
      </summary>
      <p>
        For code of your own with TorchDEQ. The program itself uses it with <code>--torchdeq</code>,
        where it is installed.
      </p>
      <pre tabIndex={0} aria-label="The call of get_deq">
        {call}
      </pre>
      <CopyButton key={call} text={call} words="Copy as get_deq(…)" />
    </details>
  );
}

/** A line to type. */
function Command({ what, text }: { readonly what: string; readonly text: string }) {
  return (
    <div className={styles['command']}>
      <span>{what}</span>
      <code>{text}</code>
      <CopyButton key={text} text={text} words="Copy" label={`Copy the command: ${what}`} />
    </div>
  );
}

function CopyButton(props: {
  readonly text: string;
  readonly words: string;
  readonly label?: string;
}) {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(props.text);
      setSaid('Copied');
    } catch {
      setSaid('Select the text and copy it by hand');
    }
  };
  return (
    <>
      <button type="button" aria-label={props.label} onClick={() => void copy()}>
        {said === 'Copied' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {props.words}
      </button>
      <span className={styles['said']} role="status">
        {said}
      </span>
    </>
  );
}
