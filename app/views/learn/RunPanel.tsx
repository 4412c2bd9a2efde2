import { Suspense, useEffect, useId, useState } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { presets, type PresetName } from '../../../src/schema/presets.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { isRelevantIn, type RailView } from '../config/railSections.ts';
import { Setting } from '../config/Setting.tsx';
import { UndoButtons } from '../config/UndoButtons.tsx';
import { cards } from '../gallery/cards.ts';
import { sketchKind } from '../gallery/quantities.ts';
import { useGalleryTrace } from '../gallery/useGalleryTrace.ts';
import { PassSwitch } from '../solve/PassSwitch.tsx';
import { adopt } from './adopt.ts';
import { SolveButtons, TrainingButtons } from './LiveButtons.tsx';
import { LiveSolve } from './LiveSolve.tsx';
import styles from './Panel.module.css';
import { Recorded } from './Recorded.tsx';
import { Try } from './Try.tsx';

const LiveTraining = lazyPart(
  async () => ({
    default: (await import('./LiveTraining.tsx')).LiveTraining,
  }),
  'The live run',
);

/**
 * Presets to see in a lesson: each as its recording until the visitor has it computed here, by the
 * page's own engine, with the settings that the lesson speaks of.
 */
export function RunPanel(props: {
  readonly presets: readonly [PresetName, ...PresetName[]];
  /** Settings beside the curve, in place of those that the preset's card suggests. */
  readonly controls?: readonly FieldPath[];
  /** With the backward solve to choose. */
  readonly backward?: boolean;
}) {
  const { backward = false } = props;
  const store = useAppStore();
  const trace = useGalleryTrace();
  const [preset, setPreset] = useState<PresetName>(props.presets[0]);
  const [started, setStarted] = useState(false);
  const open = useApp((state) => state.experiment.preset === preset);
  const otherRun = useApp(({ run }) => run !== null && run.applied.preset !== preset);
  const id = useId();
  const card = cards[preset];
  const training = card.view === 'train';
  const live = started && open;
  const controls = props.controls ?? [...new Set(card.tries.map(({ focus }) => focus))];
  const buttons = {
    live,
    start: () => {
      adopt(store, preset);
      if (!training && !backward) store.getState().showPass('forward');
      setStarted(true);
    },
  };
  useEffect(
    () => () => {
      // Out of sight nothing is solved.
      const { activity, view, pause } = store.getState();
      if (activity === 'running' && view !== 'solve') pause();
    },
    [store],
  );
  return (
    <section className={styles['panel']} aria-label={live ? 'Live run' : 'Recorded run'}>
      <div className={styles['controls']}>
        {props.presets.length > 1 ? (
          <>
            <label htmlFor={`${id}-preset`}>Run</label>
            <select
              id={`${id}-preset`}
              value={preset}
              onChange={({ target }) => {
                if (live && !training) store.getState().pause();
                setPreset(props.presets.find((one) => one === target.value) ?? props.presets[0]);
                setStarted(false);
              }}
            >
              {props.presets.map((name) => (
                <option key={name} value={name}>
                  {presets[name].title}
                </option>
              ))}
            </select>
          </>
        ) : (
          <b>{presets[preset].title}</b>
        )}
        <Try view={card.view} preset={preset}>
          Open it
        </Try>
      </div>
      {live && training && (
        <Suspense>
          <LiveTraining kind={sketchKind(card)} recorded={trace[preset]?.[0]} />
        </Suspense>
      )}
      {live && !training && <LiveSolve preset={preset} recorded={trace[preset]?.[0]} />}
      {!live && <Recorded key={preset} preset={preset} curves={trace[preset] ?? []} />}
      <div className={styles['controls']}>
        {training ? !otherRun && <TrainingButtons {...buttons} /> : <SolveButtons {...buttons} />}
        {live && backward && <PassSwitch />}
        {live && <UndoButtons />}
        {!live && <p className={styles['reading']}>{invitation(training, otherRun, open)}</p>}
      </div>
      {live && (
        <div className={styles['settings']}>
          <Controls view={card.view} paths={controls} />
        </div>
      )}
    </section>
  );
}

/** Those of the settings that have an effect now. */
function Controls(props: { readonly view: RailView; readonly paths: readonly FieldPath[] }) {
  const experiment = useApp((state) => state.experiment);
  return props.paths
    .filter((path) => isRelevantIn(props.view, path, experiment))
    .map((path) => <Setting key={path} path={path} />);
}

/** What pressing a button would do. */
function invitation(training: boolean, otherRun: boolean, open: boolean): string {
  if (training && otherRun)
    return 'Your training run in the Train view is kept. Stop it there to train here.';
  const does = 'Recorded. A press computes it here';
  return open ? `${does}.` : `${does}, in place of your set-up; Undo brings that back.`;
}
