import { Table2 } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import type { TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { StreamChart } from '../../../charts/stream/StreamChart.tsx';
import type { StreamPicture } from '../../../charts/stream/streamTypes.ts';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import { capital } from '../../../format.ts';
import { lazyPart } from '../../../parts/lazyPart.tsx';
import { Card } from '../../../ui/Card.tsx';
import type { Column } from '../../../ui/DataTable.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import styles from './charts.module.css';
import type { Records } from './useRecords.ts';

const RecordsTable = lazyPart(() => import('./RecordsTable.tsx'), 'The table of records', 'line');

/** What a card with a stream chart shows. */
export interface StreamCardProps {
  readonly title: string;
  readonly summary: string;
  /** What is drawn, with its unit, for people who don't see it. */
  readonly chartLabel: string;
  readonly xLabel: string;
  readonly picture: StreamPicture;
  readonly records: Records;
  readonly columns: readonly Column<TrainRecord>[];
  readonly controls?: ReactNode;
  /** Numbers beside the sentence. */
  readonly figures?: ReactNode;
  readonly className?: string | undefined;
}

/** A card with a stream chart: a sentence on what it shows, its controls, and the same as a table. */
export function StreamCard(props: StreamCardProps) {
  const [table, setTable] = useState(false);
  // The axis goes on from a clock's time: "0:05 of training time".
  const over = props.xLabel.replace(/^of /, '');
  const quantity = props.chartLabel.replace(/^Chart of | *\.$/g, '');
  return (
    <Card
      title={props.title}
      className={props.className}
      headerClassName={styles['head']}
      aside={
        <>
          {props.controls}
          <Toggle
            pressed={table}
            label={`${props.title} as a table`}
            title="The same numbers as a table"
            onChange={setTable}
          >
            <Table2 size={15} aria-hidden />
          </Toggle>
          <FigureButton
            title={`${capital(quantity)}, over ${over}`}
            data={{
              kind: 'stream',
              picture: props.picture,
              xLabel: over === props.xLabel ? over : `${over}, s`,
              yLabel: quantity,
            }}
          />
        </>
      }
    >
      <div className={styles['under']}>
        <p className={styles['summary']}>{props.summary}</p>
        {props.figures}
      </div>
      {table ? (
        <Suspense>
          <RecordsTable label={props.title} records={props.records} columns={props.columns} />
        </Suspense>
      ) : (
        <StreamChart
          picture={props.picture}
          label={`${props.chartLabel} ${props.summary}`}
          xLabel={props.xLabel}
        />
      )}
    </Card>
  );
}
