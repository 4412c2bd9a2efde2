/**
 * Budgets for what a visitor downloads, gzipped. The lists come from what the build says it
 * made, not from name patterns: a renamed chunk stays counted, and an empty list is an error.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = join(import.meta.dirname, 'dist');
const read = (name) => readFileSync(join(dist, name), 'utf8');

/** @type {Record<string, { file: string, name?: string, css?: string[], imports?: string[] }>} */
const manifest = JSON.parse(read('.vite/manifest.json'));

/** A chunk, its styles, and all it imports before it can run. */
const closure = (key, seen = new Set()) => {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file);
  for (const next of chunk.imports ?? []) closure(next, seen);
  return seen;
};

/** Scripts, styles and preloads that index.html itself asks for. */
const linked = [...read('index.html').matchAll(/(?:src|href)="([^":]+\.(?:js|css))"/g)].map(
  // With BASE_PATH=/name/ the links are absolute; the files are still below dist.
  ([, url]) =>
    [url.replace(/^\.?\//, ''), url.replace(/^\/[^/]+\//, '')].find((file) =>
      existsSync(join(dist, file)),
    ) ?? url,
);

const scripts = readdirSync(dist, { recursive: true })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.js'));
/** Named by vite.config.ts; under any other name they would burst the page's budget below. */
const ofWorkers = scripts.filter((file) => file.startsWith('engine-'));
/** Programs for PyTorch, which only those download who ask for one. */
const programs = ofWorkers.filter((file) => /^engine-(?:exportTorch|torch)-/.test(file));
/** What the engine fetches with one family alone, where that is not the one the page begins with. */
const engineFamilies = ofWorkers.filter((file) => /^engine-family-(?!language)/.test(file));
const worker = ofWorkers.filter((file) => ![...programs, ...engineFamilies].includes(file));

const page = closure('index.html');
/** What the Solve and Train views load by themselves: counted there, whoever else needs it too. */
const views = new Set(
  [
    'index.html',
    'families/language/Equation.tsx',
    'store/link/address.ts',
    'store/train/trainSlice.ts',
    'ui/fields/help/words.ts',
    'views/shortcuts/KeyHints.tsx',
    'views/shortcuts/pressedKey.ts',
    'views/solve/EquationCard.tsx',
    'views/solve/memory/MemoryCard.tsx',
    'views/solve/travel/Picture.tsx',
    'views/train/TrainView.tsx',
    // What drives engines: a group of vite.config.ts, and so of no one module.
    ...Object.keys(manifest).filter((key) => manifest[key]?.name === 'solving'),
  ].flatMap((key) => [...closure(key)]),
);
/** All that some views need, beyond what the page has already loaded. */
const beyond = (keys, known) => {
  const files = new Set();
  for (const key of keys) {
    if (!manifest[key]) throw new Error(`${key} is no chunk of its own any more`);
    for (const file of closure(key)) if (!known.has(file)) files.add(file);
  }
  return [...files];
};
/** What only those download who look for guidance. */
const guides = beyond(
  [
    'views/gallery/GalleryView.tsx',
    'views/learn/LearnView.tsx',
    'views/tour/Tour.tsx',
    'traces/gallery.trace.json',
  ],
  views,
);
/** What only those download who take an instrument up, one at a time. */
const instruments = beyond(
  [
    'views/about/AboutDialog.tsx',
    'views/check/CheckView.tsx',
    'views/commands/CommandMenu.tsx',
    'views/shortcuts/ShortcutDialog.tsx',
    'views/solve/conventions/ConventionsCard.tsx',
    'views/solve/diagnose/DiagnoseCard.tsx',
    'views/solve/gradients/GradientCard.tsx',
    'views/solve/insight/SlowMotionCard.tsx',
    'views/solve/insight/TokenMapCard.tsx',
    'views/solve/insight/TrajectoryCard.tsx',
    'views/solve/race/RaceCard.tsx',
    'views/solve/spectrum/SpectralCard.tsx',
    'views/solve/travel/ToolPanel.tsx',
  ],
  new Set([...views, ...guides]),
);

/** What only those download who ask what a setting is. */
const explanations = beyond(['ui/fields/explain/Explanation.tsx'], new Set([...views, ...guides]));

/** What only those download who look at another family than the first, or at what its states say. */
const families = beyond(
  [
    'families/inverse/Equation.tsx',
    'families/inverse/controls.tsx',
    'families/impsq/Equation.tsx',
    'families/impsq/SceneControl.tsx',
    'families/impsq/WeightsControl.tsx',
    'families/monotone/AlphaControl.tsx',
    'families/monotone/DrawingControl.tsx',
    'families/monotone/Equation.tsx',
    'families/monotone/WeightsControl.tsx',
    'families/multiscale/Equation.tsx',
    'families/multiscale/SketchControl.tsx',
    'families/multiscale/WeightsControl.tsx',
    'families/refinement/Equation.tsx',
    'families/refinement/ShapeControl.tsx',
    'families/refinement/WeightsControl.tsx',
    'families/steady/Equation.tsx',
    'pictures/PlanePicture.tsx',
    'pictures/AmplitudesPicture.tsx',
    'pictures/ClassesPicture.tsx',
    'pictures/CurvePicture.tsx',
    'pictures/FiguresPicture.tsx',
    'pictures/ImagePicture.tsx',
    'pictures/MatrixPicture.tsx',
    'pictures/tokens/TokensPicture.tsx',
    'views/solve/ObservationsCard.tsx',
    'views/solve/insight/InverseMatrix.tsx',
    'views/solve/insight/StateCard.tsx',
    'store/solve/tuning.ts',
  ],
  new Set([...views, ...guides, ...instruments, ...explanations]),
);

/** What only those download who press a button, open a dialog, are told something in passing, or have work that nobody has timed. */
const occasions = beyond(
  [
    'store/config/weightsFile.ts',
    'store/solve/forking.ts',
    'store/solve/racing.ts',
    'store/config/torchFiles.ts',
    'store/solve/runUntil.ts',
    'store/engine/timeBoth.ts',
    'ui/Toasts.tsx',
    'views/device/DeviceDetails.tsx',
    'views/device/FallbackBanner.tsx',
    'views/header/CopyByHand.tsx',
    'views/header/SettingsSheet.tsx',
    'views/layout/EmbedBar.tsx',
    'views/learn/LiveTraining.tsx',
    'views/share/HiddenNote.tsx',
    'views/solve/ResidualTable.tsx',
    'views/solve/SamplesCard.tsx',
    'views/solve/memory/MemoryDialog.tsx',
    'views/train/CheckpointList.tsx',
    'views/train/TwinCard.tsx',
    'views/train/charts/RecordsTable.tsx',
    'views/train/transport/StopDialog.tsx',
  ],
  new Set([...views, ...guides, ...instruments, ...explanations, ...families]),
);

/** What only those download who save or copy a figure. */
const figures = beyond(
  ['figures/FigureMenu.tsx'],
  new Set([...views, ...guides, ...instruments, ...explanations, ...families, ...occasions]),
);

/** What only those download who make a link for others, or whose own asks for more than a set-up. */
const share = beyond(
  [
    'store/link/askFirst.ts',
    'store/link/followLink.ts',
    'views/share/LinkDialog.tsx',
    'views/share/QrPanel.tsx',
    'views/share/ShareDialog.tsx',
  ],
  new Set([...views, ...guides, ...instruments, ...explanations, ...families, ...occasions]),
);

/** What only those download who have solved something to its end: it is kept once the page is idle, listed and compared when asked. */
const runs = beyond(
  [
    'store/runs/keepRuns.ts',
    'store/runs/openBundle.ts',
    'views/compare/CompareView.tsx',
    'views/runs/BundleDialog.tsx',
    'views/runs/RunsDrawer.tsx',
  ],
  new Set([
    ...[...views, ...guides, ...instruments, ...explanations, ...families, ...occasions],
    ...figures,
  ]),
);

/** What only those download who go on in PyTorch. */
const torch = beyond(
  ['views/torch/TorchDialog.tsx'],
  new Set([...views, ...guides, ...instruments, ...explanations, ...occasions]),
);

/** What only those download who sweep a setting, or have been interrupted at it. */
const sweeps = beyond(
  ['store/sweeps/sweeps.ts', 'views/sweeps/SweepPart.tsx'],
  new Set([
    ...views,
    ...guides,
    ...instruments,
    ...explanations,
    ...occasions,
    ...figures,
    ...runs,
  ]),
);

const budget = (name, limit, files) => {
  const missing = files.filter((file) => !existsSync(join(dist, file)));
  if (missing.length > 0) throw new Error(`${name}: not in dist: ${missing.join(', ')}`);
  if (!files.some((file) => file.endsWith('.js'))) throw new Error(`${name}: no script found`);
  return { name, limit, gzip: true, path: files.map((file) => `dist/${file}`) };
};

export default [
  budget('main', '130 kB', [...new Set([...linked, ...page])]),
  budget(
    'with charts',
    '327 kB',
    scripts.filter(
      (file) =>
        ![
          ...ofWorkers,
          ...guides,
          ...explanations,
          ...instruments,
          ...families,
          ...occasions,
          ...figures,
          ...share,
          ...runs,
          ...torch,
          ...sweeps,
        ].includes(file),
    ),
  ),
  budget('guides', '41 kB', guides),
  budget('explanations', '14 kB', explanations),
  budget('instruments', '49 kB', instruments),
  budget('families', '44 kB', families),
  budget('occasions', '25 kB', occasions),
  budget('figures', '16 kB', figures),
  budget('share', '18 kB', share),
  budget('runs', '44 kB', runs),
  budget('torch', '4 kB', torch),
  budget('sweeps', '21 kB', sweeps),
  budget('worker', '332 kB', worker),
  budget('engine families', '30 kB', engineFamilies),
  budget('programs', '57 kB', programs),
];
