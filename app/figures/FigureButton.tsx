import { Download } from 'lucide-react';
import { Suspense, useId, useState } from 'react';
import type { Experiment } from '../../src/schema/experiment.ts';
import { lazyPart } from '../parts/lazyPart.tsx';
import styles from './FigureButton.module.css';
import type { FigureSource } from './figureData.ts';

const FigureMenu = lazyPart(() => import('./FigureMenu.tsx'), 'Saving figures', 'line');

/**
 * The one button that lets a chart or a picture be saved and copied, for the head of its card. What is saved as a
 * picture are all elements marked `data-figure` (with `of`, those marked `data-figure={of}`) within the card or the
 * nearest `data-figures` around the button; a legend or a sentence among them is `data-figure-words` too.
 */
export function FigureButton(props: {
  /** What it shows, with the quantity and the unit: the figure's title. */
  readonly title: string;
  /** Which figure of several in one card. */
  readonly of?: string;
  /** Exactly the numbers drawn: what the chart draws, or a function that makes the table; null: nothing yet. */
  readonly data: FigureSource;
  /** What it was made with, where that isn't the set-up on screen: another one, or words. */
  readonly from?: Experiment | string | undefined;
}) {
  const { title, of = '', data, from } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        id={id}
        className={styles['button']}
        aria-label="Save figure"
        aria-haspopup="dialog"
        aria-expanded={open}
        title={`Save or copy this figure or its numbers: ${title}`}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Download size={15} aria-hidden />
      </button>
      {open && (
        <Suspense>
          <FigureMenu
            {...{ title, of, data, from }}
            button={id}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
