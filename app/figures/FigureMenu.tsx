import { ClipboardCopy, Download } from 'lucide-react';
import { useState } from 'react';
import type { Experiment } from '../../src/schema/experiment.ts';
import { useAppStore } from '../store/context.ts';
import { saveFile } from '../store/files.ts';
import { Popover } from '../ui/Popover.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { copyPicture, copyText } from './clipboard.ts';
import { csvOf } from './csv.ts';
import { FigureProblem } from './figure.ts';
import type { FigureSource } from './figureData.ts';
import styles from './FigureMenu.module.css';
import { fileName, makeFigure, type Made } from './make.ts';
import { provenance } from './provenance.ts';
import { pngOf } from './raster.ts';
import { tableOf } from './tables.ts';

type Theme = 'light' | 'dark';

/** Paper is light, so figures are unless the visitor chose otherwise in this visit. */
let theme: Theme = 'light';

/** What became of the last press, for eyes and for screen readers. */
interface Outcome {
  readonly words: string;
  readonly failed: boolean;
}

/** The ways in which one figure leaves the page. */
export default function FigureMenu(props: {
  readonly title: string;
  readonly of: string;
  readonly data: FigureSource;
  readonly from: Experiment | string | undefined;
  /** Id of the button that it belongs to. */
  readonly button: string;
  readonly onClose: () => void;
}) {
  const { title, of, data, from, button, onClose } = props;
  const store = useAppStore();
  const [chosen, setChosen] = useState(theme);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const name = fileName(title);

  const make = async (): Promise<Made> => {
    const words = await provenance(store.getState(), from, location.href, new Date());
    return makeFigure(() => marked(button, of), chosen, { title, ...words });
  };
  const png = async (): Promise<Blob> => {
    const { svg, width, height } = await make();
    return pngOf(svg, width, height);
  };
  const csv = (): string => {
    const source = typeof data === 'function' ? data() : data;
    const table = source && 'kind' in source ? tableOf(source) : source;
    if (!table || table.rows.length === 0)
      throw new FigureProblem('This chart has no numbers yet: step on, or run it first.');
    return csvOf(table);
  };
  /** Does what a button is for and says what became of it. */
  const attempt = async (work: () => string | Promise<string>): Promise<void> => {
    setBusy(true);
    setOutcome(null);
    try {
      setOutcome({ words: await work(), failed: false });
    } catch (error) {
      const words =
        error instanceof FigureProblem
          ? error.message
          : `The figure could not be made: ${error instanceof Error ? error.message : String(error)}`;
      setOutcome({ words, failed: true });
    } finally {
      setBusy(false);
    }
  };
  const save = async (blob: Blob, ending: string): Promise<string> => {
    saveFile(`${name}.${ending}`, new Uint8Array(await blob.arrayBuffer()));
    return `Saved as ${name}.${ending}.`;
  };
  const text = (content: string): Blob => new Blob([content]);

  const actions: readonly {
    readonly label: string;
    readonly note: string;
    readonly copy?: true;
    readonly work: () => string | Promise<string>;
  }[] = [
    {
      label: 'PNG',
      note: 'picture, twice the size on screen',
      work: async () => save(await png(), 'png'),
    },
    {
      label: 'SVG',
      note: 'drawing, sharp at any size',
      work: async () => {
        const { svg, bitmap } = await make();
        const said = await save(text(svg), 'svg');
        return bitmap ? `${said} What is a bitmap on the page is one in the file too.` : said;
      },
    },
    { label: 'CSV', note: 'the numbers drawn', work: () => save(text(csv()), 'csv') },
    {
      label: 'Copy picture',
      note: 'as PNG',
      copy: true,
      work: async () => {
        await copyPicture(png());
        return 'The picture is on the clipboard.';
      },
    },
    {
      label: 'Copy numbers',
      note: 'as CSV',
      copy: true,
      work: async () => {
        await copyText(csv());
        return 'The numbers are on the clipboard.';
      },
    },
  ];
  return (
    <Popover title="Save figure" anchor={`#${CSS.escape(button)}`} onClose={onClose}>
      <p className={styles['name']}>{title}</p>
      <ul className={styles['actions']}>
        {actions.map(({ label, note, copy, work }, index) => (
          <li key={label}>
            <button
              type="button"
              data-first={index === 0 || undefined}
              aria-disabled={busy || undefined}
              onClick={() => {
                if (!busy) void attempt(work);
              }}
            >
              {copy ? <ClipboardCopy size={15} aria-hidden /> : <Download size={15} aria-hidden />}
              <b>{label}</b>
              <span>{note}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles['theme']}>
        Colours
        <Segmented
          label="Colours of the picture"
          value={chosen}
          onChange={(next) => {
            theme = next;
            setChosen(next);
          }}
          options={[
            { value: 'light', label: 'Light', title: 'For paper, whatever the page is in' },
            { value: 'dark', label: 'Dark', title: 'For dark slides' },
          ]}
        />
      </div>
      <p className={styles['outcome']} role="status" data-failed={outcome?.failed}>
        {busy ? 'Drawing…' : (outcome?.words ?? '')}
      </p>
    </Popover>
  );
}

/** The parts of the page that the figure of a button shows. */
function marked(button: string, of: string): readonly Element[] {
  const own = document.getElementById(button);
  const around = own?.closest('[data-figures]') ?? own?.closest('section, dialog');
  const mark = `[data-figure="${of}"]`;
  // A figure that holds its own button is marked itself.
  if (around?.matches(mark)) return [around];
  return Array.from(around?.querySelectorAll(mark) ?? []);
}
