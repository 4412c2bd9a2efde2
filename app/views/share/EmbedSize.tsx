import { Segmented } from '../../ui/Segmented.tsx';
import styles from './ShareDialog.module.css';

/** Sizes of a frame in another page, in CSS pixels; `full` is as wide as the page lets it be. */
export const frameSizes = {
  small: { words: 'Small', width: 480, height: 400 },
  medium: { words: 'Medium', width: 800, height: 520 },
  full: { words: 'Full width', width: null, height: 560 },
} as const;

/** A size of a frame, by name. */
export type FrameSize = keyof typeof frameSizes;

/** A column of a page, which the preview is drawn against, in CSS pixels. */
const COLUMN = { width: 960, height: 600 };

/** The chosen size in numbers. */
const sizeWords = (size: FrameSize): string => {
  const { width, height } = frameSizes[size];
  return `${width === null ? 'full width' : String(width)} × ${String(height)} pixels`;
};

/** The element for another page's source: the picture and its transport, in that size. */
export function frameOf(address: string, title: string, size: FrameSize): string {
  const { width, height } = frameSizes[size];
  const escaped = (words: string): string =>
    words.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<iframe src="${escaped(address)}" width="${width === null ? '100%' : String(width)}" height="${String(height)}" style="border:0" title="DEQ Playground: ${escaped(title)}"></iframe>`;
}

/** Chooses the size of the frame, and shows how much of a page it takes. */
export function EmbedSize(props: {
  readonly size: FrameSize;
  readonly onChange: (size: FrameSize) => void;
}) {
  const { size, onChange } = props;
  const { width, height } = frameSizes[size];
  return (
    <div className={styles['embed']}>
      <div
        className={styles['column']}
        style={{ aspectRatio: `${String(COLUMN.width)} / ${String(COLUMN.height)}` }}
        role="img"
        aria-label={`A frame of ${sizeWords(size)} in a page ${String(COLUMN.width)} wide`}
      >
        <div
          className={styles['frame']}
          style={{
            width: `${String((100 * (width ?? COLUMN.width)) / COLUMN.width)}%`,
            height: `${String((100 * height) / COLUMN.height)}%`,
          }}
        />
      </div>
      <div>
        <Segmented
          label="Size of the frame"
          value={size}
          options={(Object.keys(frameSizes) as FrameSize[]).map((value) => ({
            value,
            label: frameSizes[value].words,
            title: sizeWords(value),
          }))}
          onChange={onChange}
        />
        <p className={styles['note']}>{sizeWords(size)}: the picture and its transport</p>
      </div>
    </div>
  );
}
