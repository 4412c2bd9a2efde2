import { Table2 } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { TracePreview } from '../../charts/TracePreview.tsx';
import { useApp, useAppStore } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useThrottled } from '../../ui/useThrottled.ts';
import { residualCaption } from './caption.ts';
import { ResidualLegend } from './ResidualLegend.tsx';
import { ResidualTable } from './ResidualTable.tsx';
import styles from './ResidualCard.module.css';

const ResidualChart = lazy(() => import('../../charts/ResidualChart.tsx'));

/** Ten redraws a second are as many as an eye needs, and leave the main thread to the visitor. */
const REDRAW_MILLISECONDS = 100;

/** The main picture: how the residual goes down. */
export function ResidualCard() {
  const records = useThrottled(
    useApp((state) => state.records),
    REDRAW_MILLISECONDS,
  );
  const applied = useApp((state) => state.applied);
  const chosen = useApp((state) => state.measure);
  const axis = useApp((state) => state.axis);
  const view = useApp((state) => state.residualView);
  const recorded = useApp((state) => state.source === 'recorded');
  const { stopMode, tolerance } = applied.solver;
  const measure = chosen ?? stopMode;
  const chart = { records, measure, axis, tolerance: measure === stopMode ? tolerance : null };
  return (
    <Card
      className={styles['card']}
      headerClassName={styles['head']}
      label="Residual chart"
      title={
        <>
          Residual <span className={styles['formula']}>{formulas[measure]}</span>
        </>
      }
      aside={<ChartControls measure={measure} />}
    >
      <div className={styles['under']}>
        <p>{residualCaption(records, applied, measure)}</p>
        {recorded && <span className={styles['badge']}>Recorded run</span>}
        <ResidualLegend records={records} />
      </div>
      {view === 'table' ? (
        <ResidualTable records={records} />
      ) : (
        <div className={styles['plot']}>
          {/* Recharts draws no axes without data; the preview does. */}
          {records.length === 0 ? (
            <TracePreview {...chart} />
          ) : (
            <Suspense fallback={<TracePreview {...chart} />}>
              <ResidualChart {...chart} />
            </Suspense>
          )}
          <p className={styles['axis']}>
            {axis === 'iteration' ? 'iterations' : 'evaluations of f'}
          </p>
        </div>
      )}
    </Card>
  );
}

const formulas = { rel: '‖f(z) − z‖ / ‖f(z)‖', abs: '‖f(z) − z‖' } as const;

function ChartControls({ measure }: { readonly measure: 'rel' | 'abs' }) {
  const { setMeasure, setAxis, setResidualView } = useAppStore().getState();
  const axis = useApp((state) => state.axis);
  const table = useApp((state) => state.residualView === 'table');
  return (
    <>
      <Segmented
        label="Residual shown"
        value={measure}
        onChange={setMeasure}
        options={[
          { value: 'rel', label: 'Relative', title: formulas.rel },
          { value: 'abs', label: 'Absolute', title: formulas.abs },
        ]}
      />
      <select
        className={styles['select']}
        aria-label="Horizontal axis"
        title="What the horizontal axis counts"
        value={axis}
        onChange={({ target }) => {
          setAxis(target.value === 'evaluations' ? 'evaluations' : 'iteration');
        }}
      >
        <option value="iteration">by iteration</option>
        <option value="evaluations">by evaluations</option>
      </select>
      <button
        type="button"
        className={styles['toggle']}
        aria-pressed={table}
        title="The same numbers as a table"
        onClick={() => {
          setResidualView(table ? 'chart' : 'table');
        }}
      >
        <Table2 size={15} aria-hidden />
        Table
      </button>
    </>
  );
}
