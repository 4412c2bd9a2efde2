import { ClipboardPaste } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Picture, PictureSize } from '../../../../src/inputs/pictures/picture.ts';
import { pictureSizes } from '../../../../src/inputs/pictures/picture.ts';
import { decodePicture, isOwnPicture } from '../../../../src/inputs/pictures/pictureCode.ts';
import { middleOf } from '../../../../src/inputs/pictures/scale.ts';
import { presetExperiment, settingAt } from '../../../../src/schema/experiment.ts';
import { findField, type FieldPath } from '../../../../src/schema/fields.ts';
import { colourScale } from '../../../charts/colourScale.ts';
import { PixelCanvas } from '../../../pictures/PixelCanvas.tsx';
import { keepPictures } from '../../../store/config/keptPictures.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { FieldName } from '../../../ui/fields/FieldName.tsx';
import { RestoreButton } from '../../../ui/fields/RestoreButton.tsx';
import { FileButton } from '../../../ui/FileButton.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { useSought } from '../useSought.ts';
import { chosenOfPage, chosenOfPicture, codeOf, madeOf, type Chosen } from './choosing.ts';
import { CropFrame } from './CropFrame.tsx';
import styles from './PictureControl.module.css';
import { pastedPicture } from './pasted.ts';
import { pictureAmong, readPictureFile } from './readPictureFile.ts';

/** A picture that comes with the page. */
export interface OfferedPicture {
  /** Its name in the setting. */
  readonly name: string;
  readonly title: string;
  readonly picture: Picture;
}

/** Numbers of a picture are drawn as they are, in either theme. */
const asTheyAre = colourScale('grey', [0, 255], 'light');

/**
 * A picture as a setting: one of the page's, or the visitor's own from a file, a drop, the clipboard or a phone's camera
 * roll, cut to a square of few pixels. It is decoded here and never leaves the page.
 */
export function PictureControl({
  path,
  offered,
}: {
  readonly path: FieldPath;
  /** Fetches the pictures that come with the page; rejects in words. Has to stay the same function. */
  readonly offered: () => Promise<readonly OfferedPicture[]>;
}) {
  const code = useApp((state) => String(settingAt(state.experiment, path)));
  const preset = useApp((state) => state.experiment.preset);
  const note = useApp((state) => state.notes[path]);
  const { change, restore } = useAppStore().getState();
  const [pictures, setPictures] = useState<readonly OfferedPicture[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  // What the visitor opened is larger than the setting; it is cropped anew for as long as it is what is set.
  const [opened, setOpened] = useState<(Chosen & { readonly code: string }) | null>(null);
  const newest = useRef(0);
  const id = useId();
  const row = useSought(path);
  useEffect(() => {
    let gone = false;
    offered().then(
      (all) => {
        if (!gone) setPictures(all);
      },
      (error: unknown) => {
        if (!gone) setProblem(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [offered]);
  const read = useMemo(() => decodePicture(code), [code]);
  const shown = useMemo((): Chosen | null => {
    if (opened?.code === code) return opened;
    if (read.picture) return chosenOfPicture(read.picture);
    const known = pictures.find(({ name }) => name === read.builtIn?.name);
    return known && read.builtIn ? chosenOfPage(known, read.builtIn) : null;
  }, [opened, code, read, pictures]);

  const show = (next: Chosen): void => {
    const nextCode = codeOf(next);
    setOpened({ ...next, code: nextCode });
    setProblem(null);
    change(path, nextCode);
    // The address only names it: from there it is found again.
    if (isOwnPicture(nextCode)) keepPictures([nextCode]);
  };
  const size = shown?.size ?? read.builtIn?.size ?? 64;
  const channels = shown?.channels ?? read.builtIn?.channels ?? 3;
  const open = async (find: () => Promise<File | Blob>): Promise<void> => {
    const mine = ++newest.current;
    setBusy(true);
    try {
      const file = await find();
      const picture = await readPictureFile(file, file instanceof File ? file.name : undefined);
      // Of two files in quick succession the second one is meant.
      if (mine !== newest.current) return;
      const { raster, notes } = picture;
      show({ raster, notes, crop: middleOf(raster), size, channels });
    } catch (error) {
      if (mine === newest.current)
        setProblem(
          `${error instanceof Error ? error.message : String(error)} The picture before stays.`,
        );
    } finally {
      if (mine === newest.current) setBusy(false);
    }
  };
  const openRef = useRef(open);
  useEffect(() => {
    openRef.current = open;
  });
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const file = pictureAmong(event.clipboardData?.files);
      if (!file || event.defaultPrevented) return;
      event.preventDefault();
      void openRef.current(() => Promise.resolve(file));
    };
    const holdsFiles = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes('Files') === true;
    const onOver = (event: DragEvent): void => {
      if (holdsFiles(event)) setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    // Before the page itself looks at it, which would take any file for something to learn from.
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      const file = pictureAmong(event.dataTransfer?.files);
      if (!file) return;
      event.preventDefault();
      void openRef.current(() => Promise.resolve(file));
    };
    document.addEventListener('paste', onPaste);
    window.addEventListener('dragover', onOver, true);
    window.addEventListener('dragleave', onLeave, true);
    window.addEventListener('drop', onDrop, true);
    return () => {
      document.removeEventListener('paste', onPaste);
      window.removeEventListener('dragover', onOver, true);
      window.removeEventListener('dragleave', onLeave, true);
      window.removeEventListener('drop', onDrop, true);
    };
  }, []);
  const field = findField(path);
  if (!field) return null;
  const pixels = shown && madeOf(shown);
  const large = shown !== null && Math.min(shown.raster.width, shown.raster.height) > 64;
  return (
    <div ref={row} className={styles['row']} data-setting={path} data-over={over}>
      <div className={styles['head']}>
        <FieldName id={id} field={field} path={path} />
        <RestoreButton
          changed={code !== settingAt(presetExperiment(preset), path)}
          name={field.label}
          control={id}
          onRestore={() => {
            restore(path);
          }}
        />
      </div>
      <div className={styles['shown']}>
        {large ? (
          <CropFrame
            id={id}
            raster={shown.raster}
            crop={shown.crop}
            onCrop={(crop) => {
              show({ ...shown, crop });
            }}
          />
        ) : (
          <div
            id={id}
            tabIndex={-1}
            className={styles['whole']}
            role="group"
            aria-label={field.label}
          >
            {pixels && <Drawn picture={pixels} label={shown.title ?? 'Your picture'} />}
          </div>
        )}
      </div>
      <div className={styles['offered']} role="group" aria-label="Pictures of the page">
        {pictures.map((one) => (
          <button
            key={one.name}
            type="button"
            title={one.title}
            aria-label={one.title}
            aria-pressed={read.builtIn?.name === one.name}
            onClick={() => {
              setOpened(null);
              show(chosenOfPage(one, { size, channels }));
            }}
          >
            <Drawn picture={one.picture} />
          </button>
        ))}
      </div>
      <div className={styles['buttons']} role="group" aria-label="Picture of your own">
        <FileButton
          words={busy ? 'Opening…' : 'Open'}
          title="A picture of yours; dropping one on the page or pasting one does the same. It stays in this browser."
          accept="image/*"
          label="Picture file"
          onFile={(file) => void open(() => Promise.resolve(file))}
        />
        <button
          type="button"
          title="The picture on the clipboard"
          onClick={() => void open(pastedPicture)}
        >
          <ClipboardPaste size={15} aria-hidden /> Paste
        </button>
      </div>
      <div className={styles['kinds']}>
        <Segmented
          label="Pixels along a side"
          value={String(size)}
          options={pictureSizes.map((one) => ({
            value: String(one),
            label: `${one} px`,
            title: `${one} × ${one} pixels`,
          }))}
          onChange={(value) => {
            if (shown) show({ ...shown, size: Number(value) as PictureSize });
          }}
        />
        <Segmented
          label="Colours"
          value={channels === 1 ? 'grey' : 'colour'}
          options={[
            { value: 'colour', label: 'colour', title: 'Red, green and blue' },
            { value: 'grey', label: 'grey', title: 'Luminance alone' },
          ]}
          onChange={(value) => {
            if (shown) show({ ...shown, channels: value === 'grey' ? 1 : 3 });
          }}
        />
      </div>
      {problem !== null && (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
      <p className={styles['note']} aria-live="polite">
        {[read.problem, note, ...(shown?.notes ?? [])].filter(Boolean).join(' ')}
      </p>
    </div>
  );
}

/** A picture, pixel by pixel. */
function Drawn({ picture, label }: { readonly picture: Picture; readonly label?: string }) {
  const { size, channels, pixels } = picture;
  const drawn = useMemo(
    () => ({ rows: size, columns: size, channels, data: pixels }),
    [size, channels, pixels],
  );
  return (
    <PixelCanvas pixels={drawn} scale={asTheyAre} {...(label === undefined ? {} : { label })} />
  );
}
