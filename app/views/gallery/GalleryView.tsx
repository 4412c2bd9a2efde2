import '../../families/whole.ts';
import { Page } from '../layout/Page.tsx';
import { TourButton } from '../tour/TourButton.tsx';
import { Card } from './Card.tsx';
import styles from './GalleryView.module.css';
import { shelves } from './shelves.ts';
import { useGalleryTrace } from './useGalleryTrace.ts';

/** What is worth trying: every preset with its claim, and the curves it was checked on. */
export default function GalleryView() {
  const trace = useGalleryTrace();
  return (
    <Page
      title="Gallery"
      lead="Each card opens a set-up that shows one thing. Its curves were recorded with exactly these settings; open it and see for yourself."
      actions={<TourButton />}
      className={styles['gallery']}
    >
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
    </Page>
  );
}
