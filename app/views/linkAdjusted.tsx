import { LINK_NOTE } from '../store/link/keepAddress.ts';
import { say } from '../ui/say.ts';
import styles from './linkAdjusted.module.css';

/** Says what a link held that couldn't be taken as it was. Stays until closed. */
export function linkAdjusted(adjustments: readonly string[]): void {
  say('warning', 'This link was adjusted', {
    id: LINK_NOTE,
    duration: Infinity,
    description: (
      <ul className={styles['details']} aria-label="Details">
        {adjustments.map((adjustment) => (
          <li key={adjustment}>{adjustment}</li>
        ))}
      </ul>
    ),
  });
}
