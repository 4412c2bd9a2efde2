import { Check, X } from 'lucide-react';
import { useId, useState } from 'react';
import type { Complex } from '../../../../src/engine/protocol/protocol.ts';
import { kindSettings } from '../../../../src/numerics/settings.ts';
import { settingsOf } from '../../../../src/numerics/settingsOf.ts';
import { hasOption } from '../../../../src/schema/kindPaths.ts';
import { EigenPlane } from '../../../charts/EigenPlane.tsx';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import { useApp, useAppStore } from '../../../store/context.ts';
import styles from './SpectralCard.module.css';
import {
  damped,
  planeSummary,
  regionWords,
  remedyWords,
  stabilityRegions,
  type StabilityRegion,
} from './spectralWords.ts';
import { SteadyButton } from '../../../ui/SteadyButton.tsx';

const SIZE = 176;

const damping = kindSettings.filter(({ id }) => hasOption(id, 'damping'));
/** "Picard and Anderson". */
const dampedNames = new Intl.ListFormat('en').format(damping.map(({ title }) => title));

/** All eigenvalues, and where a damping β would move them. */
export function DampingPlane({ eigenvalues }: { readonly eigenvalues: readonly Complex[] }) {
  const setting = useApp((state) => state.experiment.solver.damping);
  const method = useApp((state) => state.experiment.solver.method);
  const damps = hasOption(method, 'damping');
  const { change } = useAppStore().getState();
  // Until the slider is moved it follows the setting; a setting changed elsewhere is followed again.
  const [tried, setTried] = useState({ beta: setting, setting });
  const beta = tried.setting === setting ? tried.beta : setting;
  const id = useId();
  const summary = planeSummary(eigenvalues, beta);
  const moved = beta === 1 ? [] : eigenvalues.map((value) => damped(value, beta));
  return (
    <div className={styles['plane']} data-figures>
      <div data-figure="">
        <EigenPlane values={eigenvalues} moved={moved} beta={beta} size={SIZE} summary={summary} />
      </div>
      <div className={styles['damping']} data-figure="">
        <div className={styles['head']} data-figure-skip>
          <label htmlFor={id}>
            Try <var>β</var> = {beta.toFixed(2)}
          </label>
          <FigureButton
            title="Eigenvalues λ of the Jacobian ∂f/∂z in the complex plane"
            data={{ kind: 'eigenvalues', values: eigenvalues, moved, beta }}
          />
        </div>
        <input
          id={id}
          type="range"
          min="0.05"
          max="1"
          step="0.05"
          value={beta}
          onChange={({ target }) => {
            setTried({ beta: target.valueAsNumber, setting });
          }}
        />
        <p>
          <span className={styles['dot']} aria-hidden /> λ{' '}
          <span className={styles['ring']} aria-hidden /> 1 − β + βλ
        </p>
        <p className={styles['note']}>{summary}</p>
        <Regions regions={stabilityRegions(beta)} eigenvalues={eigenvalues} />
        <p className={styles['note']}>{remedyWords(eigenvalues)}</p>
        <SteadyButton
          disabled={!damps || beta === setting}
          title={
            damps
              ? 'Sets the solver’s damping β; Undo takes it back'
              : `${settingsOf(method).title} chooses its own steps: only ${dampedNames} are damped`
          }
          onClick={() => {
            change('solver.damping', beta);
          }}
        >
          Use this β
        </SteadyButton>
      </div>
    </div>
  );
}

const strokes = {
  plain: { stroke: 'var(--ok)', dash: '2 3' },
  damped: { stroke: 'var(--series-2)', dash: '6 3' },
  flow: { stroke: 'var(--series-5)', dash: '10 4' },
} as const;

/** Each region, and whether this spectrum is within it. */
function Regions(props: {
  readonly regions: readonly StabilityRegion[];
  readonly eigenvalues: readonly Complex[];
}) {
  const { regions, eigenvalues } = props;
  return (
    <ul className={styles['regions']} aria-label="Where iterations converge">
      {regions.map((region) => {
        const { key, condition, name, holds } = region;
        const inside = eigenvalues.every(holds);
        const Icon = inside ? Check : X;
        return (
          <li key={key}>
            <svg width="22" height="8" aria-hidden>
              <path
                d="M1 4H21"
                stroke={strokes[key].stroke}
                strokeDasharray={strokes[key].dash}
                strokeWidth="2"
              />
            </svg>
            <span>
              {condition}, {name}:{' '}
              <b className={inside ? styles['good'] : styles['bad']}>
                <Icon size={13} aria-hidden /> {inside ? 'converges' : 'diverges'}
              </b>
              , {regionWords(region, eigenvalues)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
