import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './root.mjs';
import { namesOfBuild, withNamedClasses } from './styleNames.mjs';

const app = join(root, 'app');
const files = readdirSync(app, { recursive: true, encoding: 'utf8' });
const sheets = files
  .filter((file) => file.endsWith('.module.css'))
  .map((file) => {
    const text = readFileSync(join(app, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    const selectors = text.replace(/:global\([^)]*\)/g, '').match(/[^{};]+(?=\{)/g) ?? [];
    const classes = selectors.flatMap((all) => all.match(/\.-?[A-Za-z_][\w-]*/g) ?? []);
    return { file, classes: [...new Set(classes.map((name) => name.slice(1)))] };
  });

it('no two classes have one name, and whichever sheet is read first, names are the same', () => {
  const name = namesOfBuild();
  const again = namesOfBuild();
  const made = sheets.map(({ file, classes }) => classes.map((own) => name(own, join(app, file))));
  const other = [...sheets]
    .reverse()
    .map(({ file, classes }) => classes.map((own) => again(own, join(app, file))))
    .reverse();
  expect(made.flat().length).toBeGreaterThan(300);
  expect(new Set(made.flat()).size).toBe(made.flat().length);
  expect(other).toEqual(made);
  for (const short of made.flat()) expect(short).toMatch(/^[a-z]{3,4}$/);
});

it.each(['tall-sheet', 'try'])('a class named %s would be missing, and is refused', (name) => {
  const sheet = join(app, sheets[0]?.file ?? '');
  expect(() => namesOfBuild()(name, sheet)).toThrow('another name');
});

it('every class that a component names has a rule', () => {
  const rules = new Map(sheets.map(({ file, classes }) => [join(app, file), new Set(classes)]));
  let named = 0;
  const missing: string[] = [];
  for (const file of files.filter((one) => /\.tsx?$/.test(one) && !one.includes('.test.'))) {
    const text = readFileSync(join(app, file), 'utf8');
    for (const [, table = '', from = ''] of text.matchAll(
      /import (\w+) from '([^']+\.module\.css)'/g,
    )) {
      const known = rules.get(join(app, dirname(file), from));
      for (const [, name = ''] of text.matchAll(new RegExp(`\\b${table}\\['([^']+)'\\]`, 'g'))) {
        named++;
        if (!known?.has(name)) missing.push(`${file}: ${name}`);
      }
    }
  }
  expect(missing).toEqual([]);
  expect(named).toBeGreaterThan(500);
});

it('every component asks for its classes in the way that a build understands', () => {
  const asking = files
    .filter((file) => file.endsWith('.tsx') && !file.includes('.test.'))
    .map((file) => readFileSync(join(app, file), 'utf8'))
    .filter((text) => text.includes('.module.css'));
  expect(asking.length).toBeGreaterThan(100);
  for (const text of asking)
    expect(withNamedClasses(text).match(/import \w+ from '[^']*\.module\.css'/g)).toBe(null);
  expect(withNamedClasses("import styles from './App.module.css';\n")).toBe(
    "import * as styles from './App.module.css';\n",
  );
});
