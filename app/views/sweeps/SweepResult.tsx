import { useMemo } from 'react';
import { axisTitle, axisValueWords } from '../../../src/runs/sweep.ts';
import { capital, plural } from '../../format.ts';
import { FigureButton } from '../../figures/FigureButton.tsx';
import type { FigureTable } from '../../figures/figure.ts';
import { useApp } from '../../store/context.ts';
import type { KeptSweep } from '../../store/sweeps/sweepShelf.ts';
import { Card } from '../../ui/Card.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { metricKind } from '../compare/metrics.ts';
import { AxisChart } from './AxisChart.tsx';
import { CellDetails } from './CellDetails.tsx';
import { drawnCells, measured, measuresOf, resultWords, sweepWords } from './cells.ts';
import { HeatMap, Legend } from './HeatMap.tsx';
import { SmallMultiples } from './SmallMultiples.tsx';
import styles from './Sweeps.module.css';
import { sweepView, useSweepView } from './sweepState.ts';

/** What came of a sweep: a heat map of two settings, a line of one, or the curve of every cell. */
export function SweepResult({
  kept,
  at,
}: {
  readonly kept: KeptSweep;
  /** The cell that is being made. */
  readonly at: readonly number[] | null;
}) {
  const { sweep } = kept;
  const heads = useApp(({ runs }) => runs.heads);
  const choice = useSweepView((state) => state.measures[sweep.work]);
  const picture = useSweepView((state) => state.picture);
  const picked = useSweepView((state) => state.cell);
  const cells = useMemo(() => drawnCells(kept, heads, at), [kept, heads, at]);
  const names = useMemo(() => measuresOf(sweep, cells), [sweep, cells]);
  const name = choice !== null && names.includes(choice) ? choice : (names[0] ?? '');
  const measure = useMemo(() => measured(sweep, cells, name), [sweep, cells, name]);
  const words = resultWords(sweep, cells, measure);
  const selected = cells.find(({ key }) => key === picked) ?? measure.best ?? cells[0];
  const shown = {
    ...{ sweep, cells, measure, selected: selected?.key ?? '' },
    onSelect: (cell: string) => {
      sweepView.setState({ cell });
    },
  };
  const [first, second] = sweep.axes;
  const title = `${capital(measure.kind.label)} by ${sweepWords(sweep).replace(' × ', ' and ')}`;
  return (
    <Card
      title={capital(sweepWords(sweep))}
      label={`Sweep ${sweep.name}`}
      aside={
        <>
          <select
            aria-label="Measure"
            value={name}
            onChange={({ target }) => {
              const measures = sweepView.getState().measures;
              sweepView.setState({ measures: { ...measures, [sweep.work]: target.value } });
            }}
          >
            {names.map((one) => (
              <option key={one} value={one}>
                {capital(metricKind(one).label)}
              </option>
            ))}
          </select>
          <Segmented
            label="Picture"
            value={picture}
            options={[
              {
                value: 'numbers',
                label: second ? 'heat map' : 'line',
                title: 'One number of every cell',
              },
              { value: 'curves', label: 'curves', title: 'The curve of every cell, small' },
            ]}
            onChange={(next) => {
              sweepView.setState({ picture: next });
            }}
          />
          <FigureButton
            title={title}
            data={() => tableOf(kept, shown.cells, names)}
            from={sweep.base}
          />
        </>
      }
    >
      <p className={styles['sentence']} role="status" data-figure="" data-figure-words="">
        {words === '' ? `${plural(cells.length, 'cell')}, none made yet.` : words}
      </p>
      {measure.warning !== null && <p className={styles['warning']}>{measure.warning}</p>}
      {picture === 'curves' ? (
        <SmallMultiples {...shown} />
      ) : second ? (
        <HeatMap {...shown} />
      ) : (
        <>
          <AxisChart {...shown} />
          <Legend measure={measure} colours={null} cells={cells} />
          <label className={styles['pick']}>
            {first && axisTitle(first)}
            <select
              value={shown.selected}
              onChange={({ target }) => {
                shown.onSelect(target.value);
              }}
            >
              {cells.map(({ key, cell }) => (
                <option key={key} value={key}>
                  {first && axisValueWords(first, cell.values[0] ?? '')}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      {selected && (
        <CellDetails sweep={sweep} cell={selected} best={measure.best?.key === selected.key} />
      )}
    </Card>
  );
}

/** Every cell with all its numbers. */
function tableOf(
  { sweep }: KeptSweep,
  cells: ReturnType<typeof drawnCells>,
  names: readonly string[],
): FigureTable {
  const measures = names.map((name) => measured(sweep, cells, name));
  return {
    columns: [
      ...sweep.axes.map(axisTitle),
      'outcome',
      ...measures.map(({ kind, unit }) => (unit === '' ? kind.label : `${kind.label} (${unit})`)),
    ],
    rows: cells.map(({ cell, key, head, words }) => [
      ...sweep.axes.map((axis, side) => axisValueWords(axis, cell.values[side] ?? '')),
      words === '' ? (head?.status ?? '') : words,
      ...measures.map(({ values }) => values.get(key) ?? null),
    ]),
  };
}
