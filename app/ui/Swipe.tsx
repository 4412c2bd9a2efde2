import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import styles from './Swipe.module.css';
import { SteadyButton } from './SteadyButton.tsx';

/** One page of the set. */
export interface SwipePage {
  readonly name: string;
  /** Name by which other parts of the page bring it into view. */
  readonly id?: string;
  readonly panel: ReactNode;
}

/** Cards side by side, one in sight: swiped, or turned with buttons, since not everybody can drag. */
export function Swipe(props: { readonly label: string; readonly pages: readonly SwipePage[] }) {
  const { label, pages } = props;
  const [at, setAt] = useState(0);
  const [height, setHeight] = useState<number>();
  const track = useRef<HTMLDivElement>(null);
  const id = useId();
  // A page may go away while it is in sight.
  const shown = Math.min(at, pages.length - 1);
  useEffect(() => {
    const page = track.current?.children[shown];
    if (!page) return;
    // As high as the page in sight, not as the highest of all.
    const observer = new ResizeObserver(() => {
      setHeight(page.getBoundingClientRect().height);
    });
    observer.observe(page);
    return () => {
      observer.disconnect();
    };
  }, [shown, pages.length]);
  const turn = (by: number): void => {
    const { current } = track;
    if (current) current.scrollTo({ left: (shown + by) * current.clientWidth, behavior: 'smooth' });
  };
  return (
    <section className={styles['swipe']} aria-label={label} aria-roledescription="carousel">
      <div className={styles['bar']}>
        <SteadyButton
          aria-label="Previous card"
          aria-controls={id}
          disabled={shown === 0}
          onClick={() => {
            turn(-1);
          }}
        >
          <ChevronLeft size={18} aria-hidden />
        </SteadyButton>
        <div className={styles['where']}>
          <p aria-live="polite">
            {pages[shown]?.name}, {shown + 1} of {pages.length}
          </p>
          <div className={styles['dots']} aria-hidden>
            {pages.map(({ name }, index) => (
              <span key={name} data-shown={index === shown} />
            ))}
          </div>
        </div>
        <SteadyButton
          aria-label="Next card"
          aria-controls={id}
          disabled={shown === pages.length - 1}
          onClick={() => {
            turn(1);
          }}
        >
          <ChevronRight size={18} aria-hidden />
        </SteadyButton>
      </div>
      <div
        ref={track}
        id={id}
        className={styles['track']}
        role="group"
        aria-label={pages[shown]?.name}
        // Where a card has nothing to focus, the set must still scroll by keys.
        tabIndex={0}
        style={{ height }}
        onScroll={({ currentTarget }) => {
          setAt(Math.round(currentTarget.scrollLeft / currentTarget.clientWidth));
        }}
      >
        {pages.map(({ name, id: anchor, panel }, index) => (
          <div key={name} id={anchor} className={styles['page']} inert={index !== shown}>
            {panel}
          </div>
        ))}
      </div>
    </section>
  );
}
