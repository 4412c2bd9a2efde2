import { capital } from '../../format.ts';
import { CellMark } from './CellMark.tsx';
import type { DrawnCell, Measured } from './cells.ts';
import { cellColours, type CellColours } from './colours.ts';
import { numberLook, SweepGrid, type CellLook, type PictureProps } from './SweepGrid.tsx';
import styles from './Sweeps.module.css';

/** One number of every cell, as a colour and in digits. */
export function HeatMap(props: PictureProps) {
  const { measure } = props;
  const colours = cellColours(measure);
  const look = (cell: DrawnCell): CellLook => {
    const colour = colours.of(cell.key);
    return { ...numberLook(measure, cell), ground: colour?.ground, ink: colour?.ink };
  };
  return (
    <>
      <SweepGrid {...props} label={`Heat map of ${measure.kind.label}`} look={look} />
      <Legend measure={measure} colours={colours} cells={props.cells} />
    </>
  );
}

/** What the colours and the signs mean. */
export function Legend({
  measure,
  colours,
  cells,
}: {
  readonly measure: Measured;
  readonly colours: CellColours | null;
  readonly cells: readonly DrawnCell[];
}) {
  const { kind, better } = measure;
  const signs = new Map<string, DrawnCell>();
  for (const cell of cells) {
    const words =
      cell.state === 'ended'
        ? cell.words
        : { failed: 'could not be made', impossible: 'no such set-up', running: 'being made' }[
            cell.state as string
          ];
    if (words !== undefined && !signs.has(words)) signs.set(words, cell);
  }
  return (
    <div className={styles['legend']} data-figure="" data-figure-words="">
      {colours?.ends && (
        <span className={styles['scale']}>
          <span>{kind.format(colours.ends[0])}</span>
          <span className={styles['gradient']} style={{ backgroundImage: colours.gradient }} />
          <span>{kind.format(colours.ends[1])}</span>
        </span>
      )}
      <span>
        {capital(kind.label)}
        {colours?.ends && colours.log ? ', logarithmic colours' : ''}, {better} is better
        {measure.best && measure.at ? `; the best is that at ${measure.at.words}` : ''}
      </span>
      {[...signs].map(([words, cell]) => (
        <span key={words} className={styles['sign']}>
          <CellMark cell={cell} size={13} /> {words}
        </span>
      ))}
    </div>
  );
}
