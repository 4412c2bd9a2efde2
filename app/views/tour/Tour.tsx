import '../../../src/families/first.ts';
import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useAppStore } from '../../store/context.ts';
import { cardPlace } from './placement.ts';
import { savedStep, saveStep } from './progress.ts';
import { justDone, steps, type TourStep } from './steps.ts';
import styles from './Tour.module.css';
import { targetOf, useSpot } from './useSpot.ts';

/** Long enough to see what a step did before the next one speaks. */
const PAUSE_MILLISECONDS = 1200;

/** What can hold the focus. */
const FOCUSABLE = 'button, select, input:not([type="range"]), textarea, a[href], [tabindex]';

/** Nine steps through the page, each done on the real thing. Goes on from where it was left. */
export default function Tour() {
  const store = useAppStore();
  const [at, setAt] = useState(savedStep);
  const step = steps[at];
  const goTo = (next: number): void => {
    saveStep(next);
    if (steps[next]) setAt(next);
    else leave();
  };
  const leave = (): void => {
    store.getState().setTour(false);
    document.getElementById('main')?.focus();
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // A dialog over the page closes first.
      if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return;
      store.getState().setTour(false);
      document.getElementById('main')?.focus();
    };
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
    };
  }, [store]);
  if (!step) return null;
  return <Stop key={at} step={step} at={at} goTo={goTo} leave={leave} />;
}

function Stop(props: {
  readonly step: TourStep;
  readonly at: number;
  readonly goTo: (step: number) => void;
  readonly leave: () => void;
}) {
  const { step, at, goTo, leave } = props;
  const id = useId();
  const card = useRef<HTMLDivElement>(null);
  const spot = useSpot(step);
  const done = useDone(step);
  const last = at === steps.length - 1;
  const onward = useRef(goTo);
  useEffect(() => {
    onward.current = goTo;
  });
  useEffect(() => {
    card.current?.focus();
  }, []);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => {
      onward.current(at + 1);
    }, PAUSE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
    };
  }, [done, at]);
  return (
    <>
      {spot && <div className={styles['spot']} style={{ ...spot }} aria-hidden />}
      <div
        ref={card}
        className={styles['card']}
        style={cardPlace(spot, { width: innerWidth, height: innerHeight })}
        role="dialog"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-words`}
        tabIndex={-1}
      >
        <div className={styles['head']}>
          <h2 id={`${id}-title`}>{step.title}</h2>
          <button
            type="button"
            className={styles['close']}
            aria-label="Leave the tour"
            title="Leave the tour (Esc); it goes on from here next time"
            onClick={leave}
          >
            <X size={16} aria-hidden />
          </button>
        </div>
        <p id={`${id}-words`}>{step.words}</p>
        <p className={styles['status']} role="status">
          Step {at + 1} of {steps.length}
          {done && <b> · Done</b>}
        </p>
        <div className={styles['actions']}>
          <GoThere step={step} />
          <span className={styles['space']} />
          {at > 0 && (
            <button
              type="button"
              onClick={() => {
                goTo(at - 1);
              }}
            >
              Back
            </button>
          )}
          <button
            type="button"
            className={styles['next']}
            onClick={() => {
              goTo(at + 1);
            }}
          >
            {last ? 'Finish' : 'Next'}
          </button>
        </div>
      </div>
    </>
  );
}

/** Puts the focus on what the step speaks of, for those who don't point. */
function GoThere({ step }: { readonly step: TourStep }) {
  const store = useAppStore();
  return (
    <button
      type="button"
      onClick={() => {
        if (step.path) {
          store.getState().seek(step.path, step.view);
          return;
        }
        const target = targetOf(step);
        const control = target?.matches(FOCUSABLE) ? target : target?.querySelector(FOCUSABLE);
        if (control instanceof HTMLElement) control.focus();
      }}
    >
      Go there
    </button>
  );
}

/** Shows the step's view, and says when the visitor has done what it asks for. */
function useDone(step: TourStep): boolean {
  const store = useAppStore();
  const [done, setDone] = useState(false);
  useEffect(() => {
    store.getState().showView(step.view);
    let before = store.getState();
    const unsubscribe = store.subscribe((now) => {
      if (justDone(step, before, now)) setDone(true);
      // A reset may take back what was done before the step began.
      if (step.done && !step.done(now)) before = now;
    });
    const onClick = ({ target }: MouseEvent): void => {
      if (!step.press || step.done || !(target instanceof Node)) return;
      if (targetOf(step)?.contains(target)) setDone(true);
    };
    addEventListener('click', onClick, true);
    return () => {
      unsubscribe();
      removeEventListener('click', onClick, true);
    };
  }, [store, step]);
  return done;
}
