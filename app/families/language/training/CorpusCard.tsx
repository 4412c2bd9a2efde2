import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import { isRelevant } from '../../../../src/schema/relevance.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { FileButton } from '../../../ui/FileButton.tsx';
import { Setting } from '../../../views/config/Setting.tsx';
import card from '../../../views/train/data.module.css';
import styles from './corpus.module.css';
import { CorpusFacts } from './CorpusFacts.tsx';
import { TrainingText } from './TrainingText.tsx';

/** What is learnt from: a text of the visitor's or one of the page's, and how it is cut into tokens. */
export function CorpusCard() {
  const experiment = useApp((state) => state.experiment);
  const own = useApp((state) => state.corpus.own);
  const problem = useApp((state) => state.corpus.problem);
  const { readCorpus, openTrainingFile } = useAppStore().getState();
  const [over, setOver] = useState(false);
  useEffect(readCorpus, [experiment, own, readCorpus]);
  return (
    <section
      className={clsx(card['card'], over && styles['over'])}
      aria-labelledby="corpus-title"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(false);
        const [first] = event.dataTransfer.files;
        if (first) void openTrainingFile(first);
      }}
    >
      <div className={card['title']}>
        <h3 id="corpus-title">Text</h3>
        <span>Stays in this browser.</span>
      </div>
      <Setting path="data.source" />
      <TrainingText />
      {problem !== null && (
        <p className={card['problem']} role="alert">
          {problem}
        </p>
      )}
      <div className={styles['file']}>
        <FileButton
          words="Open a file"
          title="A text in UTF-8, or a model in safetensors; dropping it here does the same"
          accept="text/*,.txt,.md,.csv,.json,.safetensors"
          label="Text or model file"
          onFile={(file) => void openTrainingFile(file)}
        />
        <span>or drop one here</span>
      </div>
      <Setting path="data.tokenizer" />
      {isRelevant('data.merges', experiment) && <Setting path="data.merges" />}
      <CorpusFacts />
    </section>
  );
}
