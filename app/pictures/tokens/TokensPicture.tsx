import { useMemo, useState } from 'react';
import type { TokensObservation } from '../../../src/families/observation.ts';
import { useApp } from '../../store/context.ts';
import type { PictureProps } from '../pictureProps.ts';
import styles from './lens.module.css';
import { LensGrid, type LensCell } from './LensGrid.tsx';
import { knewAt, lensSentence } from './lensReadings.ts';
import { shadeScale } from './shades.ts';
import { TopFive } from './TopFive.tsx';
import { visibleText } from './visibleText.ts';

/** Where the rest of the page looks. */
interface LensPlace {
  readonly newest: number;
  readonly token: number | null;
}

/** What the model would predict if the solve stopped at each iteration: when did it know? */
export default function TokensPicture(props: PictureProps<TokensObservation>) {
  const { history, samples, done } = props;
  const lens = useMemo(() => history.map((one) => one?.positions ?? []), [history]);
  const token = useApp((state) => state.token);
  const newest = lens.length - 1;
  const [pointed, setPointed] = useState<LensCell & LensPlace>();
  // What was pointed at here, until the page looks elsewhere: at another iteration or token.
  const chosen =
    pointed?.newest === newest && pointed.token === token
      ? pointed
      : { iteration: newest, position: token ?? Infinity };
  const positions = props.shown.positions.length;
  // One sequence is cut into characters; a batch has a sample for each position.
  const inputs = Array.from(samples.join(''), visibleText);
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
    <>
      <p className={styles['note']}>
        {lensSentence(lens, done)} Rows are iterations, columns positions; from an outlined cell on
        a prediction stays.
      </p>
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
    </>
  );
}
