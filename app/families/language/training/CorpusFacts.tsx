import { TriangleAlert } from 'lucide-react';
import type { CorpusReport } from '../../../../src/engine/protocol/protocol.ts';
import { formatCount } from '../../../format.ts';
import { useApp } from '../../../store/context.ts';
import { Facts } from '../../../ui/Facts.tsx';
import card from '../../../views/train/data.module.css';
import { DataNote } from '../../../views/train/DataNote.tsx';
import styles from './corpus.module.css';
import { TokenPreview } from './TokenPreview.tsx';
import { embeddingSentence, partFacts } from './words.ts';

/** Fewer tokens than this are learnt by heart. */
const FEW_TOKENS = 2000;

/** The text as the model will see it. */
export function CorpusFacts() {
  const reading = useApp((state) => state.corpus.reading);
  const report = useApp((state) => state.corpus.report?.text);
  return (
    <>
      {reading && (
        <div className={styles['reading']}>
          <span>{reading.label}</span>
          <progress
            aria-label="Reading the text"
            max={Math.max(reading.total, 1)}
            {...(reading.total > 0 ? { value: reading.done } : {})}
          />
        </div>
      )}
      {report && <Report report={report} />}
    </>
  );
}

function Report({ report }: { readonly report: CorpusReport }) {
  const { trainTokens, validationTokens } = report;
  return (
    <>
      {trainTokens < FEW_TOKENS && (
        <p className={styles['warning']}>
          <TriangleAlert size={15} aria-hidden />
          Only {formatCount(trainTokens)} tokens to learn from: expect memorisation.
        </p>
      )}
      <Facts
        className={card['facts']}
        facts={[
          ['Characters', formatCount(report.characters)],
          ['Lines', formatCount(report.lines)],
          ['Distinct characters', formatCount(report.distinctCharacters)],
          ['Vocabulary', formatCount(report.vocabulary)],
          ['Tokens to learn from', formatCount(trainTokens)],
          ['Tokens held out', validationTokens === 0 ? 'none' : formatCount(validationTokens)],
          ...partFacts(report),
        ]}
      />
      <DataNote says={embeddingSentence(report)} />
      <TokenPreview tokens={report.preview} />
    </>
  );
}
