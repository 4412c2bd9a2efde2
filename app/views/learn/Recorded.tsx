import { useId, useState } from 'react';
import { presetExperiment } from '../../../src/schema/experiment.ts';
import type { PresetName } from '../../../src/schema/presets.ts';
import { positionOf } from '../../charts/curves.ts';
import { CurveSketch, type SketchKind } from '../../charts/CurveSketch.tsx';
import { capital, formatPeak, formatResidual } from '../../format.ts';
import type { RecordedCurve } from '../../traces/galleryTrace.ts';
import { cards } from '../gallery/cards.ts';
import { sketchKind, summaryOf } from '../gallery/quantities.ts';
import styles from './Panel.module.css';

/** A preset's recorded runs to go through by hand: what was known at each place, and what came after. */
export function Recorded(props: {
  readonly preset: PresetName;
  readonly curves: readonly RecordedCurve[];
}) {
  const { preset, curves } = props;
  const [position, setPosition] = useState<number | null>(null);
  const id = useId();
  const kind = sketchKind(cards[preset]);
  const last = Math.max(0, ...curves.map(({ values }) => values.length - 1));
  const at = Math.min(position ?? Math.round(last / 3), last);
  const place = (index: number): number =>
    positionOf(curves[0] ?? { label: '', values: [], every: 1 }, index, kind.fromZero);
  const { tolerance } = presetExperiment(preset).solver;
  return (
    <>
      {curves.length > 0 && (
        <CurveSketch
          curves={curves}
          kind={kind}
          tolerance={kind.unit === 'iterations' ? tolerance : undefined}
          at={at}
          height={190}
          title={`${capital(kind.quantity)} over ${kind.unit}, recorded`}
          from={presetExperiment(preset)}
          summary={summaryOf(curves, kind)}
        />
      )}
      <div className={styles['controls']}>
        <label htmlFor={`${id}-at`}>{kind.unit}</label>
        <input
          id={`${id}-at`}
          type="range"
          min={0}
          max={last}
          value={at}
          aria-valuetext={`${String(place(at))} ${kind.unit}: ${valuesAt(curves, at, kind)}`}
          onChange={({ target }) => {
            setPosition(target.valueAsNumber);
          }}
        />
        <output htmlFor={`${id}-at`}>{place(at)}</output>
      </div>
      <p className={styles['reading']}>{valuesAt(curves, at, kind)}</p>
    </>
  );
}

/** Every curve's value at one place, in words. */
const valuesAt = (curves: readonly RecordedCurve[], at: number, { quantity }: SketchKind): string =>
  curves
    .map(({ label, values, status }) => {
      const number = values[Math.min(at, values.length - 1)];
      const value =
        quantity === 'peak, MB' ? formatPeak(1e6 * (number ?? NaN)) : formatResidual(number);
      return `${label} ${value}${at >= values.length - 1 ? ` (${status.replace('-', ' ')})` : ''}`;
    })
    .join(' · ');
