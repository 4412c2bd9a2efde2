import { ExternalLink } from 'lucide-react';
import styles from './EmbedBar.module.css';

/** The address without what asks for the frame. */
const wholePage = (): string => location.href.replace(/&embed=1(?=&|$)|(?<=\?)embed=1&?/, '');

/** Where a framed picture comes from, and the way to all of it. */
export default function EmbedBar() {
  return (
    <footer className={styles['bar']}>
      <a
        href={wholePage()}
        target="_blank"
        rel="noopener"
        onClick={(event) => {
          // The address follows the settings without drawing this again.
          event.currentTarget.href = wholePage();
        }}
      >
        Open in DEQ Playground
        <ExternalLink size={14} aria-hidden />
      </a>
    </footer>
  );
}
