import { useEffect } from 'react';
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { KernelPath } from '../../../src/memory/memoryLaw.ts';
import type { PresetName } from '../../../src/schema/presets.ts';
import type { MemorySample } from '../../../src/engine/protocol/protocol.ts';
import { worst } from '../../charts/series.ts';
import { CurveSketch } from '../../charts/CurveSketch.tsx';
import { capital, formatPeak, formatResidual } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { keepUp } from '../../store/solve/keepUp.ts';
import { shownRecords, solverOf } from '../../store/solve/shown.ts';
import { statusText } from '../../store/solve/statusText.ts';
import { kernelPath } from '../../store/memory/study.ts';
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
  const kernels = useApp(({ device }) => kernelPath(device));
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
          title={`${capital(kind.quantity)} over ${kind.unit}, computed here`}
          summary={`${words}, computed here.`}
        />
      )}
      <p className={styles['reading']} role="status" aria-label="live solve">
        {words}. {text}.
        {preset === 'memory' && memory && (
          <> {heldWords(memory, values.length, applied.solver, kernels)}</>
        )}
      </p>
    </>
  );
}

/** What the solve holds now, and how far its history has filled: kernels of ours reserve all of it at the start. */
export function heldWords(
  { live, exact }: MemorySample,
  evaluations: number,
  { method, window, rank }: Experiment['solver'],
  kernels: KernelPath,
): string {
  const held = `Held now: ${formatPeak(live)}${exact ? '' : ' (logical bytes)'}`;
  if (method === 'picard') return `${held}; Picard keeps no history.`;
  const [filled, limit, what] =
    method === 'anderson'
      ? [evaluations, window, 'evaluations']
      : [Math.max(0, evaluations - 1), rank, 'pairs'];
  const history = `the history has ${String(Math.min(filled, limit))} of at most ${String(limit)} ${what}`;
  return `${held}; ${history}${kernels === 'fused' ? ', room for which was made at the start' : ''}.`;
}
