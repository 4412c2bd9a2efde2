import { useMemo, useState } from 'react';
import { useApp } from '../../../store/context.ts';
import { isFinal, phaseOf } from '../../../store/phase.ts';
import { cursorOn } from '../../../store/shown.ts';
import { Card } from '../../../ui/Card.tsx';
import { useThrottled } from '../../../ui/useThrottled.ts';
import { visibleText } from '../../train/visibleText.ts';
import { shadeScale } from '../../train/sample/shades.ts';
import { TopFive } from '../../train/sample/TokenDetails.tsx';
import styles from './lens.module.css';
import { LensGrid, type LensCell } from './LensGrid.tsx';
import { knewAt, lensOf, lensSentence } from './lensReadings.ts';

/** Where the rest of the page looks. */
interface LensPlace {
  readonly newest: number;
  readonly token: number | null;
}

/** What the model would predict if the solve stopped at each iteration: when did it know? */
export default function LensCard() {
  const all = useThrottled(useApp((state) => state.observed));
  const cursor = useApp((state) => (state.pass === 'forward' ? cursorOn(state) : null));
  const lens = useMemo(() => lensOf(all.slice(0, (cursor ?? Infinity) + 1)), [all, cursor]);
  const samples = useApp((state) => state.problem?.samples);
  const done = useApp((state) => isFinal(phaseOf(state)) && cursorOn(state) === null);
  const token = useApp((state) => state.token);
  const newest = lens.length - 1;
  const [pointed, setPointed] = useState<LensCell & LensPlace>();
  // What was pointed at here, until the page looks elsewhere: at another iteration or token.
  const chosen =
    pointed?.newest === newest && pointed.token === token
      ? pointed
      : { iteration: newest, position: token ?? Infinity };
  const positions = lens[0]?.length ?? 0;
  // One sequence is cut into characters; a batch has a sample for each position.
  const inputs = Array.from(samples?.join('') ?? '', visibleText);
  const names =
    inputs.length === positions
      ? inputs
      : Array.from({ length: positions }, (_, index) => String(index + 1));
  const at = {
    iteration: Math.min(chosen.iteration, newest),
    position: Math.min(chosen.position, positions - 1),
  };
  const reading = lens[at.iteration]?.[at.position];
  return (
    <Card
      title="Lens"
      label="Lens"
      className={styles['card']}
      aside="rows: iterations · columns: positions · outlined: from here on it stays"
    >
      <p className={styles['note']}>{lensSentence(lens, done)}</p>
      <div className={styles['columns']}>
        <LensGrid
          lens={lens}
          names={names}
          known={lens.length > 1 ? knewAt(lens) : []}
          chosen={at}
          onChoose={(cell) => {
            setPointed({ ...cell, newest, token });
          }}
        />
        {reading && (
          <div className={styles['side']}>
            <p>
              After <b className={styles['glyph']}>{names[at.position]}</b> (position{' '}
              {at.position + 1}), at iteration {at.iteration}:
            </p>
            <TopFive top={reading} />
            <p className={styles['scale']}>
              0 % <span style={{ background: shadeScale }} /> 100 %
            </p>
          </div>
        )}
      </div>
    </Card>
  );
}
