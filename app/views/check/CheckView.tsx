import { Copy, Play, Square } from 'lucide-react';
import { useState } from 'react';
import { Page } from '../layout/Page.tsx';
import { checkSummary, checkText, byFile } from './checkWords.ts';
import styles from './CheckView.module.css';
import { FileRows } from './FileRows.tsx';
import { useCheck } from './useCheck.ts';

/** Are the numbers of this device right? The tests' reference values, computed here. */
export default function CheckView() {
  const { checking, start, stop } = useCheck();
  const [copied, setCopied] = useState<string | null>(null);
  const { busy, label, rows, total, failure } = checking;
  const failed = failure !== null || rows.some(({ passed }) => !passed);
  const copy = (): void => {
    navigator.clipboard.writeText(checkText(checking)).then(
      () => {
        setCopied('Copied.');
      },
      () => {
        setCopied('The browser does not allow it; select the tables instead.');
      },
    );
  };
  return (
    <Page
      title="Numbers check"
      lead="Computes cells, solver traces, gradients and Jacobians on this device and holds them against values that the original PyTorch code gave in float64. It is the tests’ own comparison, run in an engine of its own; the download is about half a megabyte."
      actions={
        <div className={styles['buttons']}>
          {busy ? (
            <button type="button" onClick={stop}>
              <Square size={14} aria-hidden />
              Stop
            </button>
          ) : (
            <button
              type="button"
              onClick={() => {
                setCopied(null);
                start();
              }}
            >
              <Play size={15} aria-hidden />
              {rows.length > 0 ? 'Check again' : 'Start the check'}
            </button>
          )}
          <button type="button" disabled={rows.length === 0 || busy} onClick={copy}>
            <Copy size={15} aria-hidden />
            Copy as text
          </button>
          {copied !== null && <span role="status">{copied}</span>}
        </div>
      }
    >
      <div className={styles['state']} data-failed={failed}>
        <output aria-label="check">{checkSummary(checking)}</output>
        {busy && (
          <div className={styles['progress']}>
            <progress
              aria-label="Checks made"
              max={Math.max(total, 1)}
              {...(total > 0 ? { value: rows.length } : {})}
            />
            <span>{label}</span>
          </div>
        )}
      </div>
      <div className={styles['files']}>
        {byFile(rows).map(([file, some]) => (
          <FileRows key={file} file={file} rows={some} />
        ))}
      </div>
    </Page>
  );
}
