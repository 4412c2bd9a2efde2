import { scaleGradient, type ColourScale } from '../charts/colourScale.ts';
import { formatResidual } from '../format.ts';
import styles from './pictures.module.css';

/** The colours of a picture and what they stand for: its ends, and zero where that is the middle. */
export function ColourBar({ scale }: { readonly scale: ColourScale }) {
  const { low, high, colouring } = scale;
  const words = (value: number): string => formatResidual(value).replace('-', '−');
  return (
    <div className={styles['bar']}>
      <span>{words(low)}</span>
      <span className={styles['ramp']} style={{ background: scaleGradient(scale) }} aria-hidden>
        {colouring === 'diverging' && <i />}
      </span>
      <span>{words(high)}</span>
    </div>
  );
}
