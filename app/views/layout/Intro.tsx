import { X } from 'lucide-react';
import { useState } from 'react';
import { build } from '../../build.ts';
import { useApp } from '../../store/context.ts';
import { readStored, writeStored } from '../../stored.ts';
import styles from './Intro.module.css';

/** What is kept of the visitor's wish not to read it again. */
const KEY = 'deq-intro';

/** The paper that deep equilibrium models come from. */
const PAPER = 'https://arxiv.org/abs/1909.01377';

/** Whether it was dismissed on an earlier visit, known before the first paint, so that nothing moves. */
const wasDismissed = (): boolean => readStored(KEY) === 'off';

/** One sentence for people who come here first, and where to read on. */
export function Intro() {
  const [dismissed, setDismissed] = useState(wasDismissed);
  const setTour = useApp((state) => state.setTour);
  const openLayer = useApp((state) => state.openLayer);
  if (dismissed) return null;
  return (
    <section className={styles['intro']} aria-label="What this is" data-screen-only>
      <p>
        A <b>deep equilibrium model</b> (DEQ) outputs the fixed point <var>z</var>* = <var>f</var>(
        <var>z</var>*, <var>x</var>) of one layer
        <span className={styles['more']}>
          , found by a root finder instead of by stacking layers
        </span>
        .{' '}
        <span className={styles['links']}>
          <a href={PAPER} target="_blank" rel="noopener">
            Paper
          </a>
          {build.source !== null && (
            <a href={build.source} target="_blank" rel="noopener">
              Source
            </a>
          )}
          <button
            type="button"
            data-inline
            onClick={() => {
              setTour(true);
            }}
          >
            Tour
          </button>
          <button
            type="button"
            data-inline
            aria-haspopup="dialog"
            onClick={() => {
              openLayer('about');
            }}
          >
            About
          </button>
        </span>
      </p>
      <button
        type="button"
        className={styles['dismiss']}
        aria-label="Dismiss the introduction"
        title="Don’t show this again; it stays in About"
        onClick={() => {
          setDismissed(true);
          writeStored(KEY, 'off');
        }}
      >
        <X size={16} aria-hidden />
      </button>
    </section>
  );
}
