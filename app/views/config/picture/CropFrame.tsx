import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { cropWithin, type Crop, type Raster } from '../../../../src/inputs/pictures/scale.ts';
import hidden from '../../../ui/hidden.module.css';
import styles from './PictureControl.module.css';

const moves: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The square resized about its middle, within the picture. */
const resized = (raster: Raster, { left, top, side }: Crop, wanted: number): Crop => {
  const to = Math.max(Math.min(16, side), wanted);
  const middle = (side - to) / 2;
  return cropWithin(raster, { left: left + middle, top: top + middle, side: to });
};

/**
 * A picture with the square that is cut out of it: dragged with mouse or finger, moved by arrow keys (with Shift ten times
 * as far), zoomed by + and − or the slider.
 */
export function CropFrame(props: {
  readonly id: string;
  readonly raster: Raster;
  readonly crop: Crop;
  readonly onCrop: (crop: Crop) => void;
}) {
  const { id, raster, crop, onCrop } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const grip = useRef<{ readonly x: number; readonly y: number; readonly crop: Crop } | null>(null);
  const [said, setSaid] = useState('');
  const { width, height } = raster;
  const most = Math.min(width, height);
  useEffect(() => {
    const image = new ImageData(Uint8ClampedArray.from(raster.data), width, height);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [raster, width, height]);
  const take = (next: Crop): void => {
    const within = cropWithin(raster, next);
    onCrop(within);
    const share = (at: number, room: number): string =>
      room < 1 ? 'all of it' : `${Math.round((100 * at) / room)} %`;
    setSaid(
      `${Math.round((100 * within.side) / most)} % of the shorter side; from the left ${share(within.left, width - within.side)}, from the top ${share(within.top, height - within.side)}`,
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    const by = event.key === '+' || event.key === '=' ? 1 / 1.1 : event.key === '-' ? 1.1 : null;
    if (!move && by === null) return;
    // The page's own arrow keys step the solve.
    event.preventDefault();
    event.stopPropagation();
    if (by !== null) {
      take(resized(raster, crop, crop.side * by));
      return;
    }
    const far = Math.max(1, crop.side * (event.shiftKey ? 0.2 : 0.02));
    const [across = 0, down = 0] = move ?? [];
    take({ ...crop, left: crop.left + far * across, top: crop.top + far * down });
  };
  const onPointerMove = ({ clientX, clientY, currentTarget }: PointerEvent): void => {
    const from = grip.current;
    if (!from) return;
    const scale = width / currentTarget.getBoundingClientRect().width;
    take({
      ...from.crop,
      left: from.crop.left + (clientX - from.x) * scale,
      top: from.crop.top + (clientY - from.y) * scale,
    });
  };
  const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return (
    <>
      <div
        id={id}
        className={styles['crop']}
        style={{ aspectRatio: `${width} / ${height}` }}
        role="application"
        aria-roledescription="crop"
        aria-label="Square that is cut out"
        aria-describedby={`${id}-keys`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          grip.current = { x: event.clientX, y: event.clientY, crop };
        }}
        onPointerMove={onPointerMove}
        onLostPointerCapture={() => {
          grip.current = null;
        }}
      >
        <canvas ref={canvas} width={width} height={height} aria-hidden />
        <span
          className={styles['square']}
          style={{
            left: percent(crop.left, width),
            top: percent(crop.top, height),
            width: percent(crop.side, width),
            height: percent(crop.side, height),
          }}
        />
      </div>
      <p id={`${id}-keys`} className={hidden['hidden']}>
        Arrow keys move the square, with Shift further; plus zooms in, minus zooms out.
      </p>
      <p className={hidden['hidden']} aria-live="polite">
        {said}
      </p>
      <label className={styles['zoom']}>
        <span>Cut</span>
        <input
          type="range"
          aria-label="Side of the square"
          aria-valuetext={`${Math.round((100 * crop.side) / most)} % of the shorter side`}
          min={Math.min(32, most)}
          max={most}
          step="1"
          value={crop.side}
          onChange={({ target }) => {
            take(resized(raster, crop, target.valueAsNumber));
          }}
        />
      </label>
    </>
  );
}
