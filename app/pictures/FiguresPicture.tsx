import type { FiguresObservation } from '../../src/families/observation.ts';
import { formatFigure } from './formatFigure.ts';
import styles from './pictures.module.css';
import type { PictureProps } from './pictureProps.ts';

/** Named numbers, each with what it means. */
export default function FiguresPicture({ shown }: PictureProps<FiguresObservation>) {
  return (
    <table className={styles['figures']}>
      <caption>{shown.name}</caption>
      <tbody>
        {shown.rows.map(({ name, value, unit, note }) => (
          <tr key={name}>
            <th scope="row">
              {name}
              {note !== undefined && <span className={styles['note']}>{note}</span>}
            </th>
            <td>
              {formatFigure(value)}
              {unit !== undefined && ` ${unit}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
