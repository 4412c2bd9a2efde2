import type { AmplitudesObservation } from '../../src/families/observation.ts';
import { formatFigure } from './formatFigure.ts';
import styles from './AmplitudesPicture.module.css';
import type { PictureProps } from './pictureProps.ts';

/** A quantum state: of each basis state its probability as a bar and its phase as a hand of a clock. */
export default function AmplitudesPicture({ shown }: PictureProps<AmplitudesObservation>) {
  const { name, re, im, labels } = shown;
  const rows = labels.map((label, index) => {
    const [a, b] = [re[index] ?? NaN, im[index] ?? NaN];
    return { label, a, b, probability: a * a + b * b, phase: Math.atan2(b, a) };
  });
  const norm = Math.sqrt(rows.reduce((sum, { probability }) => sum + probability, 0));
  return (
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label={name}>
      <table className={styles['table']}>
        <caption>
          {name}; norm {norm.toFixed(7)}
        </caption>
        <thead>
          <tr>
            <th scope="col">state</th>
            <th scope="col">probability</th>
            <th scope="col">phase</th>
            <th scope="col">amplitude</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, a, b, probability, phase }) => (
            <tr key={label}>
              <th scope="row">|{label}⟩</th>
              <td>
                <span className={styles['bar']} aria-hidden>
                  <span
                    style={{
                      width: `${(100 * (probability || 0)).toFixed(2)}%`,
                      background: hue(phase),
                    }}
                  />
                </span>
                {formatFigure(Number(probability.toFixed(6)))}
              </td>
              <td>
                <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden>
                  <circle r="7" fill="none" stroke="var(--line)" />
                  <path
                    d={`M0 0L${(6.5 * Math.cos(phase)).toFixed(2)} ${(-6.5 * Math.sin(phase)).toFixed(2)}`}
                    stroke={hue(phase)}
                    strokeWidth="2"
                  />
                </svg>{' '}
                {Math.round((180 * phase) / Math.PI)}°
              </td>
              <td>
                {formatFigure(Number(a.toFixed(6)))} {b < 0 ? '−' : '+'}{' '}
                {formatFigure(Math.abs(Number(b.toFixed(6))))} i
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Phases go once round the circle of hues, at one lightness. */
const hue = (phase: number): string =>
  `oklch(0.62 0.15 ${((360 + (180 * phase) / Math.PI) % 360).toFixed(0)})`;
