/**
 * The page begins with one preset of one family; of all others it needs what the choices of families and presets say, and
 * the default of every setting, since a set-up has all of them. A build leaves that in the place of their tables, and fills
 * the same objects with the rest where `src/families/first.ts` (of that one family), `src/families/whole.ts` and
 * `app/families/whole.ts` (of all) are imported. Workers, tests and the development server have everything from the start.
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './root.mjs';

/** The family that the page begins with. */
const first = 'language';

/** Who gets the beginnings: whoever puts the tables of all together. */
const readers = new Set([
  'app/families/index.ts',
  `src/families/${first}/rules.ts`,
  'src/families/rules.ts',
  'src/families/settings.ts',
  'src/schema/fields.ts',
]);

const others = [
  ...readFileSync(join(root, 'src/families/settings.ts'), 'utf8').matchAll(
    /from '\.\/(\w+)\/settings\.ts'/g,
  ),
].flatMap(([, id = first]) => (id === first ? [] : [id]));

/**
 * What comes later, and by which of the rules below it begins.
 * @type {ReadonlyMap<string, keyof typeof beginnings>}
 */
const late = new Map([
  ['src/schema/trainFields.ts', 'fields'],
  [`src/families/${first}/presets.ts`, 'presets'],
  ...others.flatMap(
    (id) =>
      /** @type {const} */ ([
        [`src/families/${id}/settings.ts`, 'settings'],
        [`src/families/${id}/rules.ts`, 'nothing'],
        [`src/families/${id}/presets.ts`, 'presets'],
        [`app/families/${id}/page.ts`, 'nothing'],
      ]),
  ),
]);

/** Where the tables of which files are filled. @type {Readonly<Record<string, (file: string) => boolean>>} */
const fillers = {
  'src/families/first.ts': (file) => !others.some((id) => file.includes(`/families/${id}/`)),
  'src/families/whole.ts': (file) =>
    file.startsWith('src/') && others.some((id) => file.includes(`/families/${id}/`)),
  'app/families/whole.ts': (file) => file.startsWith('app/'),
};

/** Of these exports; a family's folder has others beside its tables. */
const isTable = (/** @type {string} */ name) =>
  /^(?:\w+(?:Settings|Rules|Page)|\w*(?:solve|train|Solve|Train)Presets|trainFields)$/.test(name);

/** @param {Readonly<Record<string, any>>} of @param {(value: any, at: number) => unknown} to */
const mapped = (of, to) =>
  Object.fromEntries(Object.entries(of).map(([key, value], at) => [key, to(value, at)]));

/** The fields of a section with nothing but what a set-up is made of. @param {any} section */
const fields = (section) =>
  mapped(section, ({ control, default: value, picture }) => ({
    default: value,
    ...(picture && { control, picture }),
  }));

/** What the page begins with of a table. */
const beginnings = {
  fields,
  /** @param {any} table */
  settings: ({ title, help, input, model, inputs, cards, names, shared, maps, ...rest }) => ({
    ...{ title, help, input, names, shared },
    ...{ model: mapped(model, fields), inputs: mapped(inputs, fields) },
    cards: mapped(cards, fields),
    maps: mapped(maps, (map) => ({ label: map.label, help: map.help, options: map.options })),
    ...(rest.weights && { weights: { path: rest.weights.path } }),
    ...(rest.solveOnly && { solveOnly: rest.solveOnly }),
  }),
  /** @param {any} table @param {string} name */
  presets: (table, name) =>
    mapped(table, (preset, at) =>
      // The rules of the first family are made of what its weights were trained with.
      name === 'solvePresets' && (at === 0 || preset === table.pretrained)
        ? preset
        : { title: preset.title },
    ),
  nothing: () => ({}),
};

const prefix = '\0beginning:';
const slashes = (/** @type {string} */ path) => path.replaceAll('\\', '/');
/** @param {string} file */
const whole = (file) => slashes(join(root, file));
/** A path inside the project, of a module's id. @param {string | undefined} id */
const within = (id) => slashes(id ?? '').replace(`${slashes(root)}/`, '');

/** What each file exports by name. @typedef {Readonly<Record<string, Readonly<Record<string, any>>>>} Modules */

/**
 * The tables, as their modules export them.
 * @param {import('vite').Plugin} help has their words come later
 * @returns {Promise<Modules>}
 */
async function evaluated(help) {
  const files = [...late.keys()].filter((file) => file.startsWith('src/'));
  const entry = files.map(
    (file, at) => `export * as m${String(at)} from ${JSON.stringify(whole(file))};`,
  );
  const bundle = await rolldown({
    input: 'entry',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : null),
        load: (id) => (id === '\0entry' ? entry.join('\n') : null),
      },
      /** @type {any} */ ({ name: help.name, transform: help.transform }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  const url = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`;
  const all = await import(url);
  return Object.fromEntries(files.map((file, at) => [file, all[`m${String(at)}`]]));
}

/** The names that the page's own files export: those are components, which no build can evaluate here. @returns {Modules} */
const named = () =>
  Object.fromEntries(
    [...late.keys()]
      .filter((file) => file.startsWith('app/'))
      .map((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        const names = [...text.matchAll(/^export const (\w+)/gm)].map(([, name = '']) => name);
        return [file, Object.fromEntries(names.map((name) => [name, {}]))];
      }),
  );

/**
 * @param {import('vite').Plugin} help the plugin that has the words of the settings come later
 * @returns {import('vite').Plugin}
 */
export const lateTables = (help) => {
  /** @type {Modules} */
  let modules = {};
  const tablesOf = (/** @type {string} */ file) =>
    Object.entries(modules[file] ?? {}).filter(([name]) => isTable(name));
  /** Fills the tables of the files that it is to. @param {(file: string) => boolean} which */
  const filling = (which) => {
    const lines = [...late.keys()]
      .filter(which)
      .flatMap((file) =>
        tablesOf(file).flatMap(([name]) => [
          `import { ${name} as ${name}$begun } from ${JSON.stringify(prefix + file)};`,
          `import { ${name} } from ${JSON.stringify(whole(file))};`,
          `fill(${name}$begun, ${name});`,
        ]),
      );
    const fill = JSON.stringify(whole('src/families/fill.ts'));
    return `import { fill } from ${fill};\n${lines.join('\n')}\n`;
  };
  return {
    name: 'late-tables',
    apply: 'build',
    enforce: 'pre',
    buildStart: async () => {
      modules = { ...(await evaluated(help)), ...named() };
    },
    resolveId: (source, importer) => {
      if (source.startsWith(prefix)) return source;
      const reader = within(importer);
      if (!readers.has(reader) || !source.startsWith('.')) return null;
      const file = posix.join(posix.dirname(reader), source);
      return late.has(file) ? prefix + file : null;
    },
    load: (id) => {
      const file = id.startsWith(prefix) ? id.slice(prefix.length) : '';
      const rule = late.get(file);
      if (rule === undefined) return null;
      return tablesOf(file)
        .map(([name, table]) => {
          const begun = JSON.stringify(beginnings[rule](table, name));
          return `export const ${name} = ${begun};`;
        })
        .join('\n');
    },
    transform: (text, id) => {
      const which = fillers[within(id)];
      return which ? { code: `${text}\n${filling(which)}`, map: null } : null;
    },
  };
};
