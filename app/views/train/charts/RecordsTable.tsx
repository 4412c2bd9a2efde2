import type { TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { formatCount } from '../../../format.ts';
import { DataTable, type Column } from '../../../ui/DataTable.tsx';
import styles from './charts.module.css';
import type { Records } from './useRecords.ts';

/** More rows than this help nobody; the newest and every validated step always stay. */
const MOST_ROWS = 120;

/** The records of a run as numbers, newest first. */
export default function RecordsTable(props: {
  readonly label: string;
  readonly records: Records;
  /** Beside the step and the network. */
  readonly columns: readonly Column<TrainRecord>[];
}) {
  const { label, records, columns } = props;
  const both = records.twin.length > 0;
  return (
    <DataTable
      label={`Table: ${label}`}
      className={styles['scroll']}
      columns={[step, ...(both ? [network] : []), ...columns]}
      records={[...shown(records.deq), ...shown(records.twin)].sort((a, b) => b.step - a.step)}
      keyOf={(record) => `${record.network} ${record.step}`}
    />
  );
}

const step: Column<TrainRecord> = { title: 'step', value: (record) => formatCount(record.step) };

const network: Column<TrainRecord> = {
  title: 'network',
  value: (record) => (record.network === 'deq' ? 'DEQ' : 'twin'),
};

function shown(records: readonly TrainRecord[]): readonly TrainRecord[] {
  if (records.length <= MOST_ROWS) return records;
  const stride = Math.ceil(records.length / MOST_ROWS);
  const last = records.length - 1;
  return records.filter(
    ({ validation }, index) => (last - index) % stride === 0 || validation !== undefined,
  );
}
