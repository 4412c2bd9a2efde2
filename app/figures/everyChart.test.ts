import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const app = join(import.meta.dirname, '..');
const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.tsx'));
const texts = new Map(files.map((file) => [file, readFileSync(join(app, file), 'utf8')]));

/** What a file draws a chart or a picture with. */
const DRAWS = /<ResponsiveContainer|<canvas\b|<svg\b[^>]*\brole="img"|<PixelCanvas\b|new uPlot/s;

/** Charts and pictures that aren't figures, and why. */
const noFigures: Readonly<Record<string, string>> = {
  'views/config/drawing/DrawingPad.tsx': 'the pad that is drawn on: an input',
  'views/config/picture/CropFrame.tsx': 'the frame that is dragged: an input',
  'views/config/picture/PictureControl.tsx': 'the picture that is chosen: an input',
  'views/config/ScheduleSparkline.tsx': 'a sketch of a setting beside its control',
  'views/gallery/Card.tsx': 'a thumbnail; the preset’s own chart is a click away',
  'views/solve/memory/MemoryDialog.tsx': 'the memory card’s figures, enlarged',
  'charts/TracePreview.tsx': 'stands in for the residual chart until that has loaded',
};

/** Files that import a file, itself by `import(…)` too. */
const importers = (of: string): string[] =>
  files.filter((file) =>
    Array.from(texts.get(file)?.matchAll(/(?:from |import\()'(\.[^']+)'/g) ?? [], ([, path = '']) =>
      relative(app, join(app, dirname(file), path)).replaceAll('\\', '/'),
    ).includes(of),
  );

/** The first files up the way to the page that have the menu, or the ends of ways that have none. */
function withoutMenu(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file) || file in noFigures) return [];
  seen.add(file);
  if (texts.get(file)?.includes('<FigureButton')) return [];
  const above = importers(file);
  return above.length === 0 ? [file] : above.flatMap((one) => withoutMenu(one, seen));
}

it('finds the charts it looks for', () => {
  const drawing = files.filter((file) => DRAWS.test(texts.get(file) ?? ''));
  expect(drawing.length).toBeGreaterThan(12);
  expect(Object.keys(noFigures).filter((file) => !texts.has(file))).toEqual([]);
});

it('has the menu that saves figures on every way from a chart to the page', () => {
  const bare = files
    .filter((file) => DRAWS.test(texts.get(file) ?? ''))
    .map((file) => [file, withoutMenu(file)] as const)
    .filter(([, ends]) => ends.length > 0);
  expect(Object.fromEntries(bare)).toEqual({});
});
