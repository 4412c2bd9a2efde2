/**
 * The page begins with one family; of the others it needs what the choices of families and presets say, and the default of
 * every setting, since a set-up has all of them. A build leaves that in the place of their tables, and fills the same
 * objects with the rest where `src/families/whole.ts` and `app/families/whole.ts` are imported. Workers, tests and the
 * development server have everything from the start.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './root.mjs';

/** The family that the page begins with. */
const first = 'language';

/** Whose tables are of families: the files of each that it imports. */
const tables = /** @type {const} */ ({
  'src/families/settings.ts': ['settings'],
  'src/families/rules.ts': ['rules', 'presets'],
  'app/families/index.ts': ['page'],
});

const prefix = '\0first-of-family:';

const families = [
  ...readFileSync(join(root, 'src/families/settings.ts'), 'utf8').matchAll(
    /from '\.\/(\w+)\/settings\.ts'/g,
  ),
].flatMap(([, id = first]) => (id === first ? [] : [id]));

const slashes = (/** @type {string} */ path) => path.replaceAll('\\', '/');

/** A path inside the project, of a module's id. @param {string | undefined} id */
const within = (id) => slashes(id ?? '').replace(`${slashes(root)}/`, '');

/** What a name is bound to in a module. @typedef {Readonly<Record<string, Readonly<Record<string, any>>>>} Module */

/** The sections of a family's settings with nothing but what a set-up is made of. @param {any} sections */
const defaultsOf = (sections) =>
  mapped(sections, (section) =>
    mapped(section, ({ control, default: value, picture }) => ({
      ...{ control, default: value },
      ...(picture && { picture }),
    })),
  );

/** @param {Readonly<Record<string, any>>} of @param {(value: any) => unknown} to */
const mapped = (of, to) =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value)]));

/**
 * What the page begins with of one file.
 * @type {Readonly<Record<string, (exported: any) => unknown>>}
 */
const firstOf = {
  settings: ({ title, help, input, model, inputs, cards, names, shared, maps, ...rest }) => ({
    ...{ title, help, input, names, shared },
    ...{ model: defaultsOf(model), inputs: defaultsOf(inputs), cards: defaultsOf(cards) },
    maps: mapped(maps, (map) => ({ label: map.label, help: map.help, options: map.options })),
    ...(rest.weights && { weights: { path: rest.weights.path } }),
    ...(rest.solveOnly && { solveOnly: rest.solveOnly }),
  }),
  presets: (presets) => mapped(presets, ({ title }) => ({ title })),
  rules: () => ({}),
  page: () => ({}),
};

/**
 * The tables of all other families, as their modules export them.
 * @param {import('vite').Plugin} help has their words come later
 * @returns {Promise<Readonly<Record<string, Module>>>} by `family/file`
 */
async function evaluated(help) {
  const files = families.flatMap((id) =>
    ['settings', 'rules', 'presets'].map((file) => ({ id, file })),
  );
  const entry = files
    .map(({ id, file }) => {
      const path = slashes(join(root, 'src/families', id, `${file}.ts`));
      return `export * as ${id}_${file} from ${JSON.stringify(path)};`;
    })
    .join('\n');
  const bundle = await rolldown({
    input: 'entry',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : null),
        load: (id) => (id === '\0entry' ? entry : null),
      },
      /** @type {any} */ ({ name: help.name, transform: help.transform }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  const url = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`;
  /** @type {Readonly<Record<string, Module>>} */
  const all = await import(url);
  return Object.fromEntries(
    files.map(({ id, file }) => [`${id}/${file}`, all[`${id}_${file}`] ?? {}]),
  );
}

/**
 * The names that a module of a page's family exports: those are its components, which no build can evaluate here.
 * @param {string} id
 */
const pageOf = (id) => {
  const text = readFileSync(join(root, 'app/families', id, 'page.ts'), 'utf8');
  const names = [...text.matchAll(/^export const (\w+)/gm)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, {}]));
};

/**
 * @param {import('vite').Plugin} help the plugin that has the words of the settings come later
 * @returns {import('vite').Plugin}
 */
export const lateFamilies = (help) => {
  /** @type {Readonly<Record<string, Module>>} */
  let modules = {};
  /** Fills the tables of these files. @param {string} folder @param {readonly string[]} files */
  const filling = (folder, files) => {
    const fill = slashes(join(root, 'src/families/fill.ts'));
    const lines = families.flatMap((id) =>
      files.flatMap((file) => {
        const path = JSON.stringify(slashes(join(root, folder, id, `${file}.ts`)));
        const stub = JSON.stringify(`${prefix}${id}/${file}`);
        return Object.keys(modules[`${id}/${file}`] ?? {})
          .filter((name) => isTable(id, name))
          .flatMap((name) => [
            `import { ${name} as ${name}$first } from ${stub};`,
            `import { ${name} } from ${path};`,
            `fill(${name}$first, ${name});`,
          ]);
      }),
    );
    return `import { fill } from ${JSON.stringify(fill)};\n${lines.join('\n')}\n`;
  };
  return {
    name: 'late-families',
    apply: 'build',
    enforce: 'pre',
    buildStart: async () => {
      const pages = families.map((id) => [`${id}/page`, pageOf(id)]);
      modules = { ...(await evaluated(help)), ...Object.fromEntries(pages) };
    },
    resolveId: (source, importer) => {
      if (source.startsWith(prefix)) return source;
      const files = tables[/** @type {keyof typeof tables} */ (within(importer))];
      const [, id = first, file = ''] = /^\.\/(\w+)\/(\w+)\.ts$/.exec(source) ?? [];
      const late = families.includes(id) && files?.some((one) => one === file);
      return late ? `${prefix}${id}/${file}` : null;
    },
    load: (id) => {
      if (!id.startsWith(prefix)) return null;
      const place = id.slice(prefix.length);
      const [family = first, file = ''] = place.split('/');
      return Object.entries(modules[place] ?? {})
        .filter(([name]) => isTable(family, name))
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(firstOf[file]?.(value))};`)
        .join('\n');
    },
    transform: (text, id) => {
      if (within(id) === 'src/families/whole.ts')
        return { code: filling('src/families', ['settings', 'rules', 'presets']), map: null };
      if (within(id) === 'app/families/whole.ts')
        return { code: `${text}\n${filling('app/families', ['page'])}`, map: null };
      return null;
    },
  };
};

/** Whether an export is one of the family's tables: they begin with its name. @param {string} id @param {string} name */
const isTable = (id, name) => name.startsWith(id);
