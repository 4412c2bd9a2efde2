import { useState } from 'react';
import { CurveSketch } from '../../charts/CurveSketch.tsx';
import styles from './Panel.module.css';
import { Slider } from './Slider.tsx';
import { solveToy, toyGradients } from './toys.ts';

const TERMS = 20;
const bias = 0.5;

/** The gradient of one number's fixed point: exactly, and term by term. */
export function GradientPanel() {
  const [w, setW] = useState(0.8);
  const [terms, setTerms] = useState(3);
  const toy = { w, b: bias };
  const z = solveToy(toy);
  const { exact, series } = toyGradients(toy, z, TERMS);
  const errors = series.map((sum) => Math.max(Math.abs(sum / exact - 1), 1e-9));
  const sum = series[terms - 1] ?? NaN;
  const percent = (100 * Math.abs(sum / exact - 1)).toPrecision(2);
  return (
    <section className={styles['panel']} aria-label="Gradient of one number">
      <CurveSketch
        curves={[{ label: 'error of the series', values: errors, every: 1 }]}
        kind={{ log: true, fromZero: false, unit: 'terms', quantity: 'relative error' }}
        at={terms - 1}
        height={170}
        title="Relative error of the truncated series of the gradient"
        from={`One number, f(z) = tanh(w z + b), w = ${String(w)}, b = ${String(bias)}`}
        summary={`Relative error of the series by terms, from ${(errors[0] ?? 0).toPrecision(2)} down to ${(errors.at(-1) ?? 0).toPrecision(2)}.`}
      />
      <div className={styles['side']}>
        <Slider label="weight w" value={w} min={0.1} max={1.5} step={0.05} onChange={setW} />
        <Slider
          label="terms of the sum"
          value={terms}
          min={1}
          max={TERMS}
          step={1}
          onChange={setTerms}
        />
        <p className={styles['reading']} role="status">
          Fixed point {z.toFixed(3)}. Exact gradient {exact.toFixed(4)}; with{' '}
          {terms === 1 ? 'one term' : `${String(terms)} terms`} {sum.toFixed(4)}, {percent} % off.
        </p>
      </div>
    </section>
  );
}
