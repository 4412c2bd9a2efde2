import { Compass } from 'lucide-react';
import { useApp } from '../../store/context.ts';
import { Card } from './Card.tsx';
import styles from './GalleryView.module.css';
import { shelves } from './shelves.ts';
import { useGalleryTrace } from './useGalleryTrace.ts';

/** What is worth trying: every preset with its claim, and the curves it was checked on. */
export default function GalleryView() {
  const trace = useGalleryTrace();
  const setTour = useApp((state) => state.setTour);
  return (
    <main id="main" className={styles['gallery']} tabIndex={-1}>
      <div className={styles['head']}>
        <div>
          <h2>Gallery</h2>
          <p>
            Each card opens a set-up that shows one thing. Its curves were recorded with exactly
            these settings; open it and see for yourself.
          </p>
        </div>
        <button
          type="button"
          onClick={() => {
            setTour(true);
          }}
        >
          <Compass size={16} aria-hidden />
          Take the tour
        </button>
      </div>
      {shelves.map(({ title, presets }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <ul className={styles['shelf']}>
            {presets.map((preset) => (
              <li key={preset}>
                <Card preset={preset} curves={trace[preset] ?? []} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}
