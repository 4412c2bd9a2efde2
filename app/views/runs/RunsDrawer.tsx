import '../../families/whole.ts';
import { CircleX, GitCompareArrows, Grid2x2, Save, X } from 'lucide-react';
import { startTransition, useEffect, useMemo, useState } from 'react';
import { isMarked } from '../../../src/runs/run.ts';
import { formatBytes, plural } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { MOST_PINNED, MOST_VISIBLE, runsOf } from '../../store/runs/runs.ts';
import { runBounds } from '../../store/runs/shelf.ts';
import { applyRun, showRun, type Shown } from '../../store/runs/showRun.ts';
import { loadPart } from '../../parts/loadPart.ts';
import type { AppStore } from '../../store/store.ts';
import { openCompare, type ComparePart } from '../../store/sweeps/comparing.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { say } from '../../ui/say.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import { RunRow, type RowActions } from './RunRow.tsx';
import styles from './RunsDrawer.module.css';

/** A deletion can be taken back for so long. */
const UNDO_MILLISECONDS = 15_000;

/** Rows that are drawn at once: more than there is room for. The others follow, so many at a time. */
const ROWS_AT_ONCE = 30;

/** Every kept run, along the bottom edge or, on a phone, in a sheet. */
export default function RunsDrawer() {
  const { openRuns } = useAppStore().getState();
  const phone = usePhone();
  const close = (): void => {
    openRuns(false);
  };
  if (phone) {
    return (
      <Dialog title="Runs" kind="tallSheet" onClose={close}>
        <Content />
      </Dialog>
    );
  }
  return (
    <section
      className={styles['drawer']}
      aria-labelledby="runs-title"
      data-drawer
      data-screen-only
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <Content onClose={close} />
    </section>
  );
}

function Content({ onClose }: { readonly onClose?: () => void }) {
  const store = useAppStore();
  const runs = useApp((state) => state.runs);
  const { heads, visible, pinned, bytes } = runs;
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    // What makes runs may not have been fetched yet: the list is wanted now.
    void runsOf(store).ready();
  }, [store]);
  const [drawn, setDrawn] = useState(ROWS_AT_ONCE);
  useEffect(() => {
    if (drawn >= heads.length) return;
    // Two hundred rows in one go would keep the drawer from opening.
    const timer = setTimeout(() => {
      startTransition(() => {
        setDrawn(drawn + ROWS_AT_ONCE);
      });
    }, 16);
    return () => {
      clearTimeout(timer);
    };
  }, [drawn, heads.length]);
  const actions = useMemo(() => actionsOf(store), [store]);
  const baseline = heads.find(({ starred }) => starred) ?? null;
  const compareFull =
    visible.length >= MOST_VISIBLE
      ? `At most ${String(MOST_VISIBLE)} can be compared: take one out first`
      : undefined;
  const pinFull =
    pinned.length >= MOST_PINNED
      ? `At most ${String(MOST_PINNED)} can be pinned: unpin one first`
      : undefined;
  return (
    <>
      <div className={styles['head']}>
        {onClose && <h2 id="runs-title">Runs</h2>}
        <p className={styles['storage']}>
          {plural(heads.length, 'run')} · {formatBytes(bytes)} of {formatBytes(runBounds.bytes)}
        </p>
        <span className={styles['space']} />
        <Compare />
        <Sweep />
        <button
          type="button"
          title="Save the set-up with the chosen runs, or else the newest, as one file"
          disabled={heads.length === 0}
          onClick={() => {
            store.getState().openLayer('bundle');
          }}
        >
          <Save size={15} aria-hidden />
          Save {visible.length > 0 ? plural(visible.length, 'run') : 'the newest'}
        </button>
        <FileButton
          words="Open a file"
          title="Runs that were saved as a file (deq-run-….json)"
          accept=".json,application/json"
          label="File of runs"
          onFile={(file) => void store.getState().openBundle(file, true)}
        />
        <button
          type="button"
          disabled={heads.length === 0}
          onClick={() => {
            setAsking(true);
          }}
        >
          <CircleX size={15} aria-hidden />
          Delete all…
        </button>
        {onClose && (
          <button
            type="button"
            className={styles['icon']}
            aria-label="Close the runs"
            title="Close"
            onClick={onClose}
          >
            <X size={17} aria-hidden />
          </button>
        )}
      </div>
      {[runs.problem, runs.dropped].map(
        (words) =>
          words !== null && (
            <p key={words} className={styles['problem']} role="status">
              {words}{' '}
              <button
                type="button"
                onClick={() => {
                  runsOf(store).dismiss();
                }}
              >
                Dismiss
              </button>
            </p>
          ),
      )}
      {heads.length === 0 ? (
        <p className={styles['empty']}>
          {runs.loaded
            ? 'No runs yet. A solve that ends and every training becomes one, and is kept in this browser.'
            : 'Looking for runs…'}
        </p>
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label="List of runs">
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">Compare</th>
                <th scope="col">Baseline, pin</th>
                <th scope="col">Name, difference</th>
                <th scope="col">Outcome</th>
                <th scope="col">Note</th>
                <th scope="col">Date</th>
                <th scope="col">Actions</th>
              </tr>
            </thead>
            <tbody>
              {heads.slice(0, drawn).map((head) => (
                <RunRow
                  key={head.id}
                  {...{ head, baseline, compareFull, pinFull, actions }}
                  compared={visible.includes(head.id)}
                  unkept={runs.unkept.includes(head.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asking && (
        <DeleteAll
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

/** Goes to a part of the Compare view; of a phone's sheet nothing else is seen. */
function useOpenCompare(): (part: ComparePart) => void {
  const store = useAppStore();
  const phone = usePhone();
  return (part) => {
    const state = store.getState();
    if (phone) state.openRuns(false);
    openCompare(state, part);
  };
}

/** The way to the view that overlays them. */
function Compare() {
  const goTo = useOpenCompare();
  const count = useApp(({ runs }) => runs.visible.length);
  useEffect(() => {
    // Whoever ticks a run will go there. What can't be fetched now is asked for, and said, when it is shown.
    if (count > 0) loadPart(() => import('../compare/CompareView.tsx')).catch(() => undefined);
  }, [count]);
  return (
    <button
      type="button"
      disabled={count === 0}
      title={count === 0 ? 'Tick the runs to compare' : 'Curves, numbers and settings side by side'}
      onClick={() => {
        goTo('runs');
      }}
    >
      <GitCompareArrows size={15} aria-hidden />
      Compare{count > 0 ? ` ${String(count)}` : ''}
    </button>
  );
}

/** The way to one set-up over a grid of values. */
function Sweep() {
  const goTo = useOpenCompare();
  return (
    <button
      type="button"
      title="The set-up over a grid of values of one or two of its settings"
      onClick={() => {
        goTo('sweeps');
      }}
    >
      <Grid2x2 size={15} aria-hidden />
      Sweep
    </button>
  );
}

function DeleteAll({ onClose }: { readonly onClose: () => void }) {
  const store = useAppStore();
  const heads = useApp(({ runs }) => runs.heads);
  const marked = heads.filter(isMarked).length;
  return (
    <Dialog
      title={`Delete ${heads.length === 1 ? 'the run' : `all ${plural(heads.length, 'run')}`}?`}
      onClose={onClose}
    >
      <p>
        {marked > 0 && `${plural(marked, 'run')} with a star, a pin or a note would go too. `}
        This can’t be undone; a saved file brings runs back. Checkpoints of trainings stay.
      </p>
      <div className={styles['buttons']}>
        <button type="button" data-first="" onClick={onClose}>
          Keep them
        </button>
        <button
          type="button"
          onClick={() => {
            void runsOf(store).removeAll();
            onClose();
          }}
        >
          Delete all
        </button>
      </div>
    </Dialog>
  );
}

function actionsOf(store: AppStore): RowActions {
  const runs = runsOf(store);
  const tell = (shown: Promise<Shown>): void => {
    void shown.then((words) => {
      if (words !== null) say('info', words, { duration: 8000 });
    });
  };
  const closeOnPhone = (): void => {
    if (innerWidth < 900) store.getState().openRuns(false);
  };
  return {
    compare: runs.tick,
    star: (id, on) => void runs.star(on ? id : null),
    pin: (id, pinned) => void runs.change(id, { pinned }),
    rename: (id, name) => void runs.change(id, { name }),
    note: (id, note) => void runs.change(id, { note }),
    show: (head) => {
      closeOnPhone();
      tell(showRun(store, head));
    },
    apply: (head) => {
      closeOnPhone();
      tell(applyRun(store, head));
    },
    remove: (head) => {
      const compared = store.getState().runs.visible;
      void runs.remove([head.id]).then((removed) => {
        say('info', `Deleted ${head.name}`, {
          duration: UNDO_MILLISECONDS,
          action: {
            label: 'Undo',
            onClick: () =>
              void runs.restore(removed).then(() => {
                if (compared.includes(head.id)) runs.tick(head.id, true);
              }),
          },
        });
      });
    },
  };
}
