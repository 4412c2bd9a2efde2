import { useEffect } from 'react';
import type { PresetName } from '../../../src/config/presets.ts';
import { worst } from '../../charts/series.ts';
import { CurveSketch } from '../../charts/CurveSketch.tsx';
import { formatMegabytes, formatResidual, plural } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { keepUp } from '../../store/keepUp.ts';
import { shownRecords, solverOf } from '../../store/shown.ts';
import { statusText } from '../../store/statusText.ts';
import type { RecordedCurve } from '../../traces/galleryTrace.ts';
import { cards } from '../gallery/cards.ts';
import { sketchKind } from '../gallery/quantities.ts';
import styles from './Panel.module.css';

const kind = { log: true, fromZero: true, unit: 'iterations', quantity: 'residual' } as const;

/** The page's own solve, as it goes, beside the recording of the same preset where they compare. */
export function LiveSolve(props: {
  readonly preset: PresetName;
  readonly recorded: RecordedCurve | undefined;
}) {
  const { preset, recorded } = props;
  const store = useAppStore();
  const records = useApp(shownRecords);
  const pass = useApp((state) => state.pass);
  const text = useApp(statusText);
  const memory = useApp((state) => state.memory);
  const applied = useApp((state) => state.applied);
  const solver = solverOf(applied, pass);
  useEffect(() => keepUp(store), [store]);
  const values = records.map((record) => worst(record[solver.stopMode]));
  const live = { label: pass === 'forward' ? 'live' : 'live, adjoint', values, every: 1 };
  const comparable = pass === 'forward' && sketchKind(cards[preset]).unit === kind.unit;
  const others =
    comparable && recorded ? [{ ...recorded, label: `recorded (${recorded.label})` }] : [];
  const last = values.at(-1);
  const words =
    last === undefined
      ? 'No iteration yet'
      : `Iteration ${String(values.length - 1)}, residual ${formatResidual(last)}`;
  return (
    <>
      {values.length > 0 && (
        <CurveSketch
          curves={[live, ...others]}
          kind={kind}
          tolerance={solver.tolerance}
          height={190}
          summary={`${words}, computed here.`}
        />
      )}
      <p className={styles['reading']} role="status" aria-label="live solve">
        {words}. {text}.
        {preset === 'memory' && memory && (
          <>
            {' '}
            Held now: {formatMegabytes(memory.live)} after{' '}
            {plural(Math.max(0, values.length - 1), 'iteration')}.
          </>
        )}
      </p>
    </>
  );
}
