import { useState } from 'react';
import { FigureButton } from '../../figures/FigureButton.tsx';
import styles from './Panel.module.css';
import { Slider } from './Slider.tsx';
import { evaluate, iterateToy, solveToy } from './toys.ts';

const SIZE = 220;
const STEPS = 30;
/** z and f(z) from −1.1 to 1.1; f is a tanh, so everything is inside. */
const REACH = 1.1;
const place = (value: number): number => (SIZE * (value + REACH)) / (2 * REACH);
const point = (z: number, value: number): string =>
  `${place(z).toFixed(1)} ${(SIZE - place(value)).toFixed(1)}`;

/** Plain iteration of one number as a cobweb: up to the curve, across to the diagonal. */
export function CobwebPanel() {
  const [w, setW] = useState(-0.7);
  const [b, setB] = useState(0.6);
  const [damping, setDamping] = useState(1);
  const toy = { w, b };
  const points = iterateToy(toy, 0, STEPS, damping);
  const fixed = solveToy(toy);
  const error = Math.abs((points.at(-1) ?? 0) - fixed);
  const slope = w * (1 - fixed * fixed);
  const settled = error < 1e-3;
  const web = points
    .slice(0, -1)
    .map((z, k) => {
      const value = evaluate(toy, z);
      const next = points[k + 1] ?? z;
      // With damping the step ends short of the curve's value.
      return `L${point(z, damping === 1 ? value : next)}L${point(next, next)}`;
    })
    .join('');
  const curve = Array.from({ length: 61 }, (_, at) => {
    const z = -REACH + (2 * REACH * at) / 60;
    return point(z, evaluate(toy, z));
  });
  const words = settled
    ? `After ${String(STEPS)} steps it stands at ${fixed.toFixed(3)}, the fixed point.`
    : `After ${String(STEPS)} steps it is still ${error.toFixed(2)} away from the fixed point ${fixed.toFixed(3)}.`;
  return (
    <section className={styles['panel']} aria-label="One number, iterated">
      <div className={styles['save']}>
        <FigureButton
          title="Plain iteration of one number as a cobweb"
          data={() => ({
            columns: ['iteration', 'z', 'f(z)'],
            rows: points.map((z, k) => [k, z, evaluate(toy, z)]),
          })}
          from={`One number, f(z) = tanh(w z + b), w = ${String(w)}, b = ${String(b)}, damping β = ${String(damping)}`}
        />
      </div>
      <svg
        className={styles['cobweb']}
        data-figure=""
        viewBox={`-2 -2 ${String(SIZE + 4)} ${String(SIZE + 4)}`}
        role="img"
        aria-label={`Curve of f and the path of the iteration. ${words}`}
      >
        <path className={styles['frame']} d={`M0 0H${SIZE}V${SIZE}H0Z`} />
        <path className={styles['diagonal']} d={`M0 ${SIZE}L${SIZE} 0`} />
        <path className={styles['map']} d={`M${curve.join('L')}`} />
        <path className={styles['web']} d={`M${point(0, 0)}${web}`} />
        <circle className={styles['fixed']} cx={place(fixed)} cy={SIZE - place(fixed)} r="4.5" />
        <text x="6" y="16">
          f(z)
        </text>
        <text x={SIZE - 6} y={SIZE - 6} textAnchor="end">
          z
        </text>
      </svg>
      <div className={styles['side']}>
        <Slider label="weight w" value={w} min={-2.5} max={2.5} step={0.05} onChange={setW} />
        <Slider label="bias b" value={b} min={-1} max={1} step={0.05} onChange={setB} />
        <Slider
          label="damping β"
          value={damping}
          min={0.1}
          max={1}
          step={0.05}
          onChange={setDamping}
        />
        <p className={styles['reading']} role="status">
          {words} Slope of f there: {slope.toFixed(2)}
          {Math.abs(slope) < 1
            ? ', so steps shrink the error.'
            : ', so plain steps grow the error.'}
        </p>
      </div>
    </section>
  );
}
