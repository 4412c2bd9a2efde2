import type { ReactNode } from 'react';
import { worst } from '../../charts/series.ts';
import { formatPeaks, formatResidual } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { shownPast } from '../../store/solve/shown.ts';
import { Readout } from '../../ui/Readout.tsx';
import { useMemoryPanel } from './memory/useMemoryPanel.ts';
import { IterationCount } from './IterationCount.tsx';
import { cardIds } from './phoneCardIds.ts';
import styles from './PhoneReadouts.module.css';
import { formatRadius } from './spectrum/spectralWords.ts';

/** How far it has come, and the three numbers of the story, each of which leads to its card. */
export default function PhoneReadouts() {
  const newest = useApp((state) => shownPast(state).at(-1));
  const spectrum = useApp((state) => state.spectrum.report);
  const [deq, unrolled] = useMemoryPanel()?.rows ?? [];
  const radius = spectrum ? formatRadius(spectrum.radius) : '—';
  return (
    <div className={styles['readouts']}>
      <div className={styles['pair']}>
        <IterationCount />
        <Lead to="residual" name="Show the residual">
          <Readout
            label="relative residual"
            caption="rel. residual"
            title="Of the worst sample at the newest iteration"
            value={newest ? formatResidual(worst(newest.rel)) : '—'}
          />
        </Lead>
      </div>
      <div className={styles['pair']}>
        <Lead to="spectrum" name="Show the spectrum">
          <Readout
            label="spectral radius of the Jacobian"
            caption="ρ(J)"
            title="Below 1, plain iteration converges here"
            value={spectrum && !spectrum.settled ? `≈ ${radius}` : radius}
          />
        </Lead>
        <Lead to="memory" name="Show the memory">
          <Readout
            label="peak of the DEQ and of the unrolled network"
            caption="DEQ / unrolled"
            title="Peak memory of one training step"
            value={formatPeaks([deq?.peak, unrolled?.peak], ' / ')}
          />
        </Lead>
      </div>
    </div>
  );
}

/** A number with a button over it, so that it is read out as the number it is. */
function Lead(props: {
  readonly to: keyof typeof cardIds;
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles['lead']}>
      {props.children}
      <button
        type="button"
        aria-label={props.name}
        onClick={() => {
          const card = document.getElementById(cardIds[props.to]);
          card?.scrollIntoView({ block: 'nearest', inline: 'start' });
        }}
      />
    </div>
  );
}
