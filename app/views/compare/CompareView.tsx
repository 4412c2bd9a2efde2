import '../../families/whole.ts';
import { Download, TriangleAlert } from 'lucide-react';
import { Suspense, startTransition, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { RunHead } from '../../../src/runs/run.ts';
import { plural } from '../../format.ts';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { csvOf } from '../../figures/csv.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { saveFile } from '../../store/files.ts';
import { cancelRepeat, repeating, repeatRun } from '../../store/runs/repeat.ts';
import { MOST_PINNED, MOST_VISIBLE, runsOf } from '../../store/runs/runs.ts';
import { comparing, showPart } from '../../store/sweeps/comparing.ts';
import { Banner } from '../../ui/Banner.tsx';
import { say } from '../../ui/say.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Page } from '../layout/Page.tsx';
import { compareState, useCompare } from './compareState.ts';
import styles from './CompareView.module.css';
import { ConfigDiff } from './ConfigDiff.tsx';
import { CurvesCard } from './CurvesCard.tsx';
import { deviceWarnings } from './devices.ts';
import { Empty } from './Empty.tsx';
import { panelsOf, refusals } from './groups.ts';
import { longTable } from './longTable.ts';
import { assignSlots } from './looks.ts';
import { PanelControls } from './PanelControls.tsx';
import { ParetoCard } from './ParetoCard.tsx';
import { filterRows, rowsOf } from './rows.ts';
import { RunsTable } from './RunsTable.tsx';
import type { RowContext } from './RunTableRow.tsx';
import { SummaryBars } from './SummaryBars.tsx';
import { useTraces } from './useTraces.ts';

const LEAD =
  'What changed between runs, and what it brought. Tick up to six; what can’t be compared is drawn apart, and it is said why.';
const NOBODY: readonly RunHead[] = [];

/** Loaded when sweeps are asked for. */
const SweepPart = lazyPart(() => import('../sweeps/SweepPart.tsx'), 'Sweeps');

/** Runs side by side, or sweeps. */
export default function CompareView() {
  return useStore(comparing, ({ part }) => part) === 'sweeps' ? <SweepsPage /> : <RunsPage />;
}

/** Says what of the view is shown. */
function Parts() {
  return (
    <Segmented
      label="What is compared"
      value={useStore(comparing, ({ part }) => part)}
      options={[
        { value: 'runs', label: 'Runs', title: 'Up to six runs side by side' },
        { value: 'sweeps', label: 'Sweeps', title: 'One or two settings over a grid of values' },
      ]}
      onChange={showPart}
    />
  );
}

function SweepsPage() {
  return (
    <Page
      title="Compare"
      lead="One set-up over a grid of values of one or two of its settings: which value is best, and where does the solver give up?"
      actions={<Parts />}
    >
      <Suspense fallback={<p role="status">Loading…</p>}>
        <SweepPart />
      </Suspense>
    </Page>
  );
}

/** Runs side by side: curves, numbers and settings. */
function RunsPage() {
  const store = useAppStore();
  const loaded = useApp(({ runs }) => runs.loaded);
  const heads = useApp(({ runs }) => runs.heads);
  const problem = useApp(({ runs }) => runs.problem);
  useEffect(() => {
    void runsOf(store)
      .ready()
      .then(() => {
        showSome(store);
      });
  }, [store]);
  if (heads.length === 0) {
    return (
      <Page title="Compare" lead={LEAD} actions={<Parts />}>
        {problem !== null && <Banner kind="notice">{problem}</Banner>}
        {loaded ? <Empty /> : <p role="status">Looking for runs…</p>}
      </Page>
    );
  }
  return <Comparison heads={heads} />;
}

/** Pinned runs are in every comparison; where nothing is shown yet the newest of a kind are. */
function showSome(store: ReturnType<typeof useAppStore>): void {
  const { heads, visible, pinned, baseline } = store.getState().runs;
  const [newest] = heads;
  if (!newest) return;
  const kept = [...visible, ...pinned.filter((id) => !visible.includes(id))];
  const marked = baseline !== null && kept.length > 0 ? [] : [baseline ?? newest.id];
  const alike = heads
    .filter(({ kind, pass }) => kind === newest.kind && pass === newest.pass)
    .slice(0, 4)
    .map(({ id }) => id);
  const wanted = kept.length > 0 ? kept : [...marked, ...alike];
  const next = [...new Set(wanted)].slice(0, MOST_VISIBLE);
  if (next.join() !== visible.join()) runsOf(store).show(next);
}

function Comparison({ heads }: { readonly heads: readonly RunHead[] }) {
  const visible = useApp(({ runs }) => runs.visible);
  const pinned = useApp(({ runs }) => runs.pinned);
  const baselineId = useApp(({ runs }) => runs.baseline);
  const kept = useCompare((state) => state.slots);
  const choices = useCompare((state) => state.choices);
  const filter = useCompare((state) => state.filter);
  const bands = useCompare((state) => state.bands);
  const { running } = useStore(repeating);
  const slots = useMemo(() => assignSlots(kept, visible), [kept, visible]);
  useEffect(() => {
    compareState.setState({ slots });
  }, [slots]);
  const baseline = heads.find(({ id }) => id === baselineId) ?? null;
  const shown = useMemo(
    () => visible.flatMap((id) => heads.find((head) => head.id === id) ?? []),
    [heads, visible],
  );
  const others = useMemo(
    () =>
      filterRows(
        rowsOf(
          heads.filter(({ id }) => !visible.includes(id)),
          baseline,
        ),
        filter,
      ).map(({ head }) => head),
    [heads, visible, baseline, filter],
  );
  const companions = useMemo(() => {
    const repeats = new Set(shown.flatMap(({ repeat }) => repeat?.id ?? []));
    if (!bands || repeats.size === 0) return NOBODY;
    return heads.filter(
      ({ id, repeat }) => repeat && repeats.has(repeat.id) && !visible.includes(id),
    );
  }, [heads, shown, visible, bands]);
  const traces = useTraces(useMemo(() => [...shown, ...companions], [shown, companions]));
  const panels = useMemo(() => panelsOf(shown, choices), [shown, choices]);
  const context = useContextOf(visible, pinned, slots, running !== null);
  // With curves to see, the tables below them follow.
  const drawn = useAfterPaint() || shown.length === 0;
  const saveNumbers = (): void => {
    const records = shown.flatMap((head) => {
      const one = traces.get(head.id);
      return one && 'trace' in one ? [{ head, trace: one.trace }] : [];
    });
    const axes = { solve: choices.solve.axis, training: choices.training.axis };
    saveFile('deq-runs.csv', new TextEncoder().encode(csvOf(longTable(records, axes))));
  };
  return (
    <Page
      title="Compare"
      lead={LEAD}
      actions={
        <>
          <Parts />
          <button
            type="button"
            title="The numbers of every curve of the runs shown, in the long form run, metric, x, y"
            disabled={shown.length === 0}
            onClick={saveNumbers}
          >
            <Download size={15} aria-hidden /> Save as CSV
          </button>
        </>
      }
      className={styles['view']}
    >
      <Notes sentences={deviceWarnings(shown)} label="What does not compare" />
      <Notes sentences={refusals(panels)} label="Drawn apart" />
      <RepeatProgress />
      {shown.length === 0 && (
        <p className={styles['muted']}>
          Nothing is shown yet: tick runs in the table below, at most {MOST_VISIBLE}.
        </p>
      )}
      {panels.map((panel) => (
        <section
          key={panel.kind}
          className={styles['panel']}
          aria-label={panel.kind === 'solve' ? 'Solves' : 'Trainings'}
        >
          <PanelControls panel={panel} seeds={shown.some(({ repeat }) => repeat)} />
          <div className={styles['grid']}>
            {panel.groups.map((group) => (
              <CurvesCard
                key={`curves ${group.definition} ${group.unit}`}
                {...{ panel, group, slots, traces, others, companions }}
              />
            ))}
            {panel.groups.map((group) => (
              <ParetoCard
                key={`front ${group.definition} ${group.unit}`}
                {...{ panel, group, slots, others }}
              />
            ))}
            {panel.groups.map((group) => (
              <SummaryBars
                key={`bars ${group.definition} ${group.unit}`}
                {...{ panel, group, slots }}
              />
            ))}
          </div>
        </section>
      ))}
      {drawn && <RunsTable runs={heads} baseline={baseline} context={context} />}
      {drawn && shown.length > 0 && <ConfigDiff runs={shown} baseline={baselineId} slots={slots} />}
    </Page>
  );
}

/** False until what is drawn first has been painted. */
function useAfterPaint(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      startTransition(() => {
        setPainted(true);
      });
    }, 50);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return painted;
}

/** What the rows can do; the same object while nothing of it changes, so that rows need not be drawn again. */
function useContextOf(
  visible: readonly string[],
  pinned: readonly string[],
  slots: RowContext['slots'],
  busy: boolean,
): RowContext {
  const store = useAppStore();
  return useMemo((): RowContext => {
    const runs = runsOf(store);
    return {
      ...{ visible, slots },
      full:
        visible.length >= MOST_VISIBLE
          ? `At most ${String(MOST_VISIBLE)} runs are shown at a time: untick one first`
          : undefined,
      pinsFull:
        pinned.length >= MOST_PINNED
          ? `At most ${String(MOST_PINNED)} runs can be pinned: unpin one first`
          : undefined,
      repeating: busy ? 'A set-up is being repeated: wait for it, or cancel it' : undefined,
      show: runs.tick,
      star: (id, on) => void runs.star(on ? id : null),
      pin: (id, on) => void runs.change(id, { pinned: on }),
      repeat: (head) => {
        void repeatRun(store, head).then((first) => {
          if (first === null) return;
          if (store.getState().runs.visible.length < MOST_VISIBLE) runs.tick(first, true);
          say('success', `${head.name} was solved with five seeds`);
        });
      },
    };
  }, [store, visible, pinned, slots, busy]);
}

function Notes({
  sentences,
  label,
}: {
  readonly sentences: readonly string[];
  readonly label: string;
}) {
  if (sentences.length === 0) return null;
  return (
    <div className={styles['notes']} role="note" aria-label={label}>
      <TriangleAlert size={16} aria-hidden />
      <div>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </div>
  );
}

/** How far the five seeds are, and why they ended early. */
function RepeatProgress() {
  const { running, problem } = useStore(repeating);
  if (running) {
    const { name, done, total, label } = running;
    return (
      <div className={styles['progress']} role="group" aria-label="Repeat with five seeds">
        <progress aria-label={`Seeds of ${name}`} max={total} value={done} />
        <span role="status">
          {name} with {plural(total, 'seed')}: {done} done. {label}
        </span>
        <button type="button" onClick={cancelRepeat}>
          Cancel
        </button>
      </div>
    );
  }
  if (problem === null) return null;
  return (
    <Banner
      kind="notice"
      onDismiss={() => {
        repeating.setState({ problem: null });
      }}
    >
      {problem}
    </Banner>
  );
}
