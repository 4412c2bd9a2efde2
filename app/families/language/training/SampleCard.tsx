import { PenLine, Square } from 'lucide-react';
import { useState } from 'react';
import { differences } from '../../../../src/schema/experiment.ts';
import type { FieldPath } from '../../../../src/schema/fields.ts';
import { presets } from '../../../../src/schema/presets.ts';
import type { AppState } from '../../../store/state.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { stepOf } from '../../../store/train/trainText.ts';
import { formatCount, plural } from '../../../format.ts';
import type { Shade } from '../../../pictures/tokens/shades.ts';
import { Card } from '../../../ui/Card.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Advanced } from '../../../views/config/Advanced.tsx';
import { Setting } from '../../../views/config/Setting.tsx';
import cards from '../../../views/train/cards.module.css';
import { ModelActions } from '../../../views/train/ModelActions.tsx';
import { PretrainedButton } from './PretrainedButton.tsx';
import styles from './sample.module.css';
import { SampleTokens } from './SampleTokens.tsx';
import { Timeline } from './Timeline.tsx';
import { effortSentence, savingSentence } from './words.ts';

/** Text from the model: what it writes, how sure it was, and how hard each token was to solve for. */
export function SampleCard() {
  const sample = useApp((state) => state.sample);
  const sampling = useApp((state) => state.sampling);
  const writer = useApp(writerOf);
  const { drawSample, stopSample } = useAppStore().getState();
  const experiment = useApp((state) => state.experiment);
  const sought = useApp((state) => more.some((path) => path === state.sought));
  const changes = differences(experiment).filter((path) => more.includes(path)).length;
  const [shade, setShade] = useState<Shade>('evaluations');
  const effort = sample && effortSentence(sample.tokens);
  const saving = sample && savingSentence(sample.tokens);
  return (
    <Card className={styles['card']} title="Sample" aside={writer}>
      <Setting path="sample.prompt" />
      <Setting path="sample.length" />
      <Setting path="sample.temperature" />
      <Setting path="sample.warmStart" />
      <Advanced title="More sampling settings" changes={changes} sought={sought}>
        {more.map((path) => (
          <Setting key={path} path={path} />
        ))}
      </Advanced>
      <div className={cards['actions']}>
        {sampling ? (
          <button type="button" onClick={stopSample}>
            <Square size={14} fill="currentColor" aria-hidden />
            Stop writing
          </button>
        ) : (
          <button type="button" title={`Written by ${writer}`} onClick={drawSample}>
            <PenLine size={15} aria-hidden />
            Write a sample
          </button>
        )}
        {sample && (
          <Segmented
            label="Tokens shaded by"
            value={shade}
            onChange={setShade}
            options={[
              {
                value: 'evaluations',
                label: 'Evaluations',
                title: 'Evaluations of f each token’s solve took',
              },
              {
                value: 'probability',
                label: 'Probability',
                title: 'How probable the model found each token',
              },
            ]}
          />
        )}
      </div>
      {sample && (
        <>
          <SampleTokens sample={sample} shade={shade} />
          {effort !== null && <p className={styles['note']}>{effort}</p>}
          {saving !== null && <p className={styles['note']}>{saving}</p>}
          {sample.report && sample.report.unknown > 0 && (
            <p className={styles['warning']}>
              {plural(sample.report.unknown, 'character')} of the prompt read as “unknown”.
            </p>
          )}
        </>
      )}
      <ModelActions>
        <PretrainedButton />
      </ModelActions>
      <Timeline />
    </Card>
  );
}

/** Settings most people leave alone. */
const more: readonly FieldPath[] = ['sample.topK', 'sample.topP', 'sample.seed', 'sample.every'];

/** Which model a sample would be written by: without a run or a file, the one this page brings. */
function writerOf({ run, model }: AppState): string {
  if (run) return `the run at step ${formatCount(stepOf(run))}`;
  return model?.name ?? presets.pretrained.title;
}
