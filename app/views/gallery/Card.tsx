import { presetExperiment } from '../../../src/schema/experiment.ts';
import { presets, type PresetName } from '../../../src/schema/presets.ts';
import { CurveSketch } from '../../charts/CurveSketch.tsx';
import { useApp, useAppStore } from '../../store/context.ts';
import { kernelPath } from '../../store/memory/study.ts';
import type { RecordedCurve } from '../../traces/galleryTrace.ts';
import families from '../../ui/fields/help/familyWords.ts';
import { helpText } from '../../ui/fields/help/help.ts';
import { demonstrate } from '../learn/demonstrate.ts';
import styles from './Card.module.css';
import { cards } from './cards.ts';
import { factsOf } from './facts.ts';
import { sketchKind, summaryOf } from './quantities.ts';

/** One preset: its curves, what they show, and what to do next. */
export function Card(props: {
  readonly preset: PresetName;
  readonly curves: readonly RecordedCurve[];
}) {
  const { preset, curves } = props;
  const store = useAppStore();
  const { title, claim: words } = presets[preset];
  const claim = helpText(words, { general: [], families });
  const card = cards[preset];
  const kind = sketchKind(card);
  const { tolerance } = presetExperiment(preset).solver;
  const solves = kind.unit === 'iterations';
  const kernels = useApp(({ device, trainDevice }) =>
    kernelPath(card.view === 'train' ? (trainDevice ?? device) : device),
  );
  return (
    <article className={styles['card']} aria-label={title}>
      <div className={styles['picture']}>
        {curves.length > 0 && (
          <CurveSketch
            curves={curves}
            kind={kind}
            tolerance={solves ? tolerance : undefined}
            summary={summaryOf(curves, kind)}
          />
        )}
      </div>
      <div className={styles['title']}>
        <h4>{title}</h4>
        <button
          type="button"
          aria-label={`Open ${title}`}
          onClick={() => {
            demonstrate(store, { view: card.view, preset });
          }}
        >
          Open
        </button>
      </div>
      <p className={styles['facts']}>{factsOf(preset, curves, kernels).join(' · ')}</p>
      <p>{claim}</p>
      <p className={styles['tries']}>
        <span>Then try:</span>
        {card.tries.map(({ words, set, focus }) => (
          <button
            key={words}
            type="button"
            className={styles['opens']}
            onClick={() => {
              demonstrate(store, { view: card.view, preset, set, focus });
            }}
          >
            {words}
          </button>
        ))}
      </p>
    </article>
  );
}
