import { RATIO } from './capture.ts';
import { FigureProblem } from './figure.ts';

/** Browsers draw no canvas longer than this on a side, and phones none with more pixels. */
const LONGEST = 16_384;
const MOST_PIXELS = 64e6;

/** A file of SVG as a PNG with two pixels for each of its own. Rejects with a `FigureProblem`. */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const size = [Math.round(width * RATIO), Math.round(height * RATIO)] as const;
  if (Math.max(...size) > LONGEST || size[0] * size[1] > MOST_PIXELS)
    throw new FigureProblem(
      `This picture would have ${String(size[0])} × ${String(size[1])} pixels, more than a browser draws. Save it as SVG, which has no such limit, or its numbers as CSV.`,
    );
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = size;
    const target = canvas.getContext('2d');
    if (!target) throw new Error('no 2-D canvas');
    target.drawImage(image, 0, 0, ...size);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (!blob) throw new Error('no bytes');
    return blob;
  } catch {
    throw new FigureProblem(
      'The browser could not turn the picture into a PNG. Save it as SVG, or its numbers as CSV.',
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
