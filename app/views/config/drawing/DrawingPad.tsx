import { Eraser, Redo2, Shuffle, Trash2, Undo2 } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { decodeDrawing, drawingSide, encodeDrawing } from '../../../../src/inputs/drawing.ts';
import { presetExperiment, settingAt } from '../../../../src/schema/experiment.ts';
import { findField, type FieldPath } from '../../../../src/schema/fields.ts';
import { colourScale } from '../../../charts/colourScale.ts';
import { PixelCanvas } from '../../../pictures/PixelCanvas.tsx';
import { useApp, useAppStore } from '../../../store/context.ts';
import { FieldName } from '../../../ui/fields/FieldName.tsx';
import { RestoreButton } from '../../../ui/fields/RestoreButton.tsx';
import { keepKeys } from '../../../ui/keepKeys.ts';
import hidden from '../../../ui/hidden.module.css';
import { useSought } from '../useSought.ts';
import { blank, drawingWords, stroke, toggle, type Spot } from './brush.ts';
import styles from './DrawingPad.module.css';
import { pickDigit } from './pickDigit.ts';

const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

/** A drawing and, where that is asked, what it is meant as: Undo brings both back. */
interface Drawn {
  readonly code: string;
  readonly meant: string;
}

/** A button that puts something on the canvas. */
export interface DrawingPick {
  /** On it. */
  readonly words: string;
  readonly title: string;
  /** Rejects in words where it can't be had. */
  readonly pick: () => Promise<{
    readonly pixels: Float32Array;
    /** What it is meant as, where the pad has such a setting. */
    readonly meant?: string;
    /** What is on the canvas now, a sentence. */
    readonly said: string;
  }>;
}

const digitPicks: readonly DrawingPick[] = [
  {
    words: 'Pick a digit',
    title: 'One of the digits that were held out of training, at random',
    pick: async () => {
      const { pixels, label } = await pickDigit();
      return { pixels, meant: String(label), said: `A held-out ${label} is on the canvas.` };
    },
  },
];

/** What a drawing is meant as that nobody has said anything of. */
const UNSAID = 'unsaid';

/** White on black, as the digits are that it learnt from, in either theme. */
const ink = colourScale('grey', [0, 1], 'light');

/**
 * A canvas of 28 × 28 pixels: a brush for mouse, pen and finger; the arrow keys and the space bar for the keyboard.
 * What is drawn is the setting itself, so it is solved as it is drawn, and a link or Undo brings it back.
 */
export function DrawingPad({
  path,
  meantPath,
  picks = digitPicks,
}: {
  /** The setting that it is: a text by `inputs/drawing.ts`. */
  readonly path: FieldPath;
  /** The setting that says which digit it is meant as; absent where nothing depends on that. */
  readonly meantPath?: FieldPath;
  /** What can be put on it; held-out digits if absent. */
  readonly picks?: readonly DrawingPick[];
}) {
  const code = useApp((state) => String(settingAt(state.experiment, path)));
  const meant = useApp((state) =>
    meantPath === undefined ? UNSAID : String(settingAt(state.experiment, meantPath)),
  );
  const preset = useApp((state) => state.experiment.preset);
  const notes = useApp((state) => state.notes[path]);
  const { change, restore } = useAppStore().getState();
  const saved = useMemo(() => decodeDrawing(code), [code]);
  // While a stroke is drawn the canvas is ahead of the setting, which is rounded to sixteen levels.
  const [ahead, setAhead] = useState<{ readonly code: string; readonly pixels: Float32Array }>();
  const pixels = ahead?.code === code ? ahead.pixels : saved.pixels;
  const [erasing, setErasing] = useState(false);
  const [cell, setCell] = useState(14 * drawingSide + 14);
  const [focused, setFocused] = useState(false);
  const [said, setSaid] = useState('');
  const [picking, setPicking] = useState(false);
  const [undone, setUndone] = useState<{
    readonly past: readonly Drawn[];
    readonly future: readonly Drawn[];
  }>({ past: [], future: [] });
  const pen = useRef<Spot | null>(null);
  const newest = useRef(pixels);
  const begun = useRef<Drawn>({ code, meant });
  const id = useId();
  const row = useSought(path);
  const field = findField(path);
  if (!field) return null;

  const take = (next: Float32Array): void => {
    const nextCode = encodeDrawing(next);
    newest.current = next;
    setAhead({ code: nextCode, pixels: next });
    change(path, nextCode);
  };
  const remember = (from: Drawn): void => {
    setUndone(({ past }) => ({ past: [...past.slice(-49), from], future: [] }));
  };
  /** One thing done, that Undo takes back as a whole. */
  const act = (next: Float32Array, digit = meant): void => {
    take(next);
    if (meantPath !== undefined) change(meantPath, digit);
    remember({ code, meant });
  };
  const goBack = (from: readonly Drawn[], to: readonly Drawn[], back: boolean): void => {
    const target = from.at(-1);
    if (target === undefined) return;
    take(decodeDrawing(target.code).pixels);
    if (meantPath !== undefined) change(meantPath, target.meant);
    const [less, more] = [from.slice(0, -1), [...to, { code, meant }]];
    setUndone(back ? { past: less, future: more } : { past: more, future: less });
  };
  const spotOf = ({ clientX, clientY, currentTarget }: PointerEvent): Spot => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return {
      x: ((clientX - left) / width) * drawingSide,
      y: ((clientY - top) / height) * drawingSide,
    };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = [Math.floor(cell / drawingSide), cell % drawingSide];
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      const next = toggle(pixels, cell);
      act(next);
      setSaid(`${next[cell] === 0 ? 'blank' : 'drawn'}, row ${row + 1}, column ${column + 1}`);
      return;
    }
    const move = moves[event.key];
    if (!move) return;
    // The page's own arrow keys step the solve.
    event.preventDefault();
    event.stopPropagation();
    const clamp = (value: number): number => Math.min(drawingSide - 1, Math.max(0, value));
    const [y, x] = [clamp(row + move[0]), clamp(column + move[1])];
    const to = y * drawingSide + x;
    setCell(to);
    // With Shift the brush draws as it goes.
    if (event.shiftKey)
      act(stroke(pixels, { x: column + 0.5, y: row + 0.5 }, { x: x + 0.5, y: y + 0.5 }, erasing));
    setSaid(
      `row ${y + 1}, column ${x + 1}${event.shiftKey ? (erasing ? ', erased' : ', drawn') : (pixels[to] ?? 0) > 0 ? ', drawn' : ', blank'}`,
    );
  };
  return (
    <div ref={row} className={styles['row']} data-setting={path}>
      <div className={styles['head']}>
        <FieldName id={id} field={field} path={path} />
        <RestoreButton
          changed={code !== settingAt(presetExperiment(preset), path)}
          name={field.label}
          control={id}
          onRestore={() => {
            remember({ code, meant });
            setAhead(undefined);
            restore(path);
          }}
        />
      </div>
      <div
        id={id}
        className={styles['canvas']}
        role="application"
        aria-roledescription="drawing canvas"
        aria-label={`Drawing, 28 by 28, ${drawingWords(pixels)}`}
        aria-describedby={`${id}-keys`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          setFocused(target.matches(':focus-visible'));
        }}
        onBlur={() => {
          setFocused(false);
        }}
        onPointerDown={(event) => {
          if (event.button !== 0 && event.button !== 5) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          pen.current = spotOf(event);
          begun.current = { code, meant };
          newest.current = pixels;
          setFocused(false);
          take(stroke(pixels, pen.current, pen.current, erasing || event.button === 5));
        }}
        onPointerMove={(event) => {
          if (!pen.current) return;
          const to = spotOf(event);
          take(stroke(newest.current, pen.current, to, erasing || event.buttons === 32));
          pen.current = to;
        }}
        onLostPointerCapture={() => {
          if (!pen.current) return;
          pen.current = null;
          remember(begun.current);
        }}
      >
        <PixelCanvas
          pixels={{ rows: drawingSide, columns: drawingSide, data: pixels }}
          scale={ink}
        />
        {focused && (
          <span
            className={styles['cell']}
            style={{
              left: `${(100 * (cell % drawingSide)) / drawingSide}%`,
              top: `${(100 * Math.floor(cell / drawingSide)) / drawingSide}%`,
            }}
          />
        )}
      </div>
      <p id={`${id}-keys`} className={hidden['hidden']}>
        Arrow keys move, Space sets or blanks a pixel, Shift with an arrow key draws.
      </p>
      <p className={hidden['hidden']} aria-live="polite">
        {said}
      </p>
      <div className={styles['buttons']} role="group" aria-label="Drawing tools">
        <button
          type="button"
          aria-label="Undo stroke"
          title="Undo stroke"
          disabled={undone.past.length === 0}
          onClick={(event) => {
            goBack(undone.past, undone.future, true);
            if (undone.past.length === 1) keepKeys(event, id);
          }}
        >
          <Undo2 size={15} aria-hidden />
        </button>
        <button
          type="button"
          aria-label="Redo stroke"
          title="Redo stroke"
          disabled={undone.future.length === 0}
          onClick={(event) => {
            goBack(undone.future, undone.past, false);
            if (undone.future.length === 1) keepKeys(event, id);
          }}
        >
          <Redo2 size={15} aria-hidden />
        </button>
        <button
          type="button"
          aria-pressed={erasing}
          aria-label="Eraser"
          title="Eraser"
          onClick={() => {
            setErasing(!erasing);
          }}
        >
          <Eraser size={15} aria-hidden />
        </button>
        <button
          type="button"
          aria-label="Clear drawing"
          title="Clear drawing"
          disabled={pixels.every((grey) => grey === 0)}
          onClick={(event) => {
            act(blank(), UNSAID);
            keepKeys(event, id);
          }}
        >
          <Trash2 size={15} aria-hidden />
        </button>
        {picks.map(({ words, title, pick }) => (
          <button
            key={words}
            type="button"
            disabled={picking}
            title={title}
            onClick={() => {
              setPicking(true);
              pick().then(
                (picked) => {
                  act(picked.pixels, picked.meant);
                  setSaid(picked.said);
                  setPicking(false);
                },
                (error: unknown) => {
                  setSaid(error instanceof Error ? error.message : String(error));
                  setPicking(false);
                },
              );
            }}
          >
            <Shuffle size={15} aria-hidden /> {words}
          </button>
        ))}
      </div>
      <p className={styles['note']} aria-live="polite">
        {saved.problem ?? notes}
      </p>
    </div>
  );
}
