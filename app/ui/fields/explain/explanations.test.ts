import { describe, expect, it } from 'vitest';
import { kindSettings } from '../../../../src/numerics/settings.ts';
import { familyIds, familyOf } from '../../../../src/families/settings.ts';
import { fieldPaths, findField, sectionOf, type FieldPath } from '../../../../src/schema/fields.ts';
import { explanations } from './explanations.ts';
import formulas from './formulas.tex.json';
import { placeBeside } from './placeBeside.ts';

/** Sections of all families, and each family's own but those of cards. */
const sections = new Set<string>([
  ...['problem', 'solver', 'backward', 'train'],
  ...familyIds.flatMap((id) => Object.keys({ ...familyOf(id).model, ...familyOf(id).inputs })),
]);
const explained = fieldPaths.filter(
  (path) =>
    sections.has(sectionOf(path)) && ['number', 'choice'].includes(findField(path)?.control ?? ''),
);

/** Greek letters as formulas have them. */
const greek: Readonly<Record<string, string>> = {
  ...{ α: '\\alpha', β: '\\beta', γ: '\\gamma', δ: '\\delta', ε: '\\varepsilon', ζ: '\\zeta' },
  ...{ η: '\\eta', θ: '\\theta', κ: '\\kappa', λ: '\\lambda', μ: '\\mu', ν: '\\nu' },
  ...{ ρ: '\\rho', σ: '\\sigma', τ: '\\tau', φ: '\\varphi', ψ: '\\psi', ω: '\\omega' },
};

describe('explanations of settings', () => {
  it.each(explained)('%s has formulas, or a reason why not, and a source', (path) => {
    const { formulas: names = [], reason, source } = explanations[path] ?? {};
    expect(source).toMatch(/\w/);
    expect(names.length > 0).toBe(reason === undefined);
  });

  const numbers = explained.filter(
    (path) => /^(solver|backward)\./.test(path) && findField(path)?.control === 'number',
  );

  it.each(numbers)('%s has a symbol that its formulas contain', (path: FieldPath) => {
    const field = findField(path);
    const symbol = field?.control === 'number' ? (field.symbol ?? '') : '';
    expect(symbol).not.toBe('');
    const tex = greek[symbol] ?? symbol;
    const texts = explanations[path]?.formulas?.map(([name]) => formulas[name]) ?? [];
    expect(texts.join(' ')).toContain(tex);
  });

  it.each(kindSettings.map(({ id, title }) => [title, id]))('%s has a formula', (_, id) => {
    expect(Object.keys(formulas)).toContain(id);
  });

  it('use every formula there is', () => {
    const used = Object.values(explanations).flatMap(({ formulas: names = [] }) =>
      names.map(([name]) => name),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(formulas).sort());
  });

  it('stand beside their row, on the screen, and off the row where there is room', () => {
    const panel = { width: 300, height: 200 };
    const row = (left: number, top: number) => ({ left, right: left + 250, top, bottom: top + 32 });
    const wide = { width: 1440, height: 900 };
    expect(placeBeside(row(10, 300), panel, wide)).toEqual({ left: 268, top: 300 });
    expect(placeBeside(row(1180, 300), panel, wide)).toEqual({ left: 872, top: 300 });
    expect(placeBeside(row(10, 890), panel, wide).top).toBe(692);
    const phone = { width: 390, height: 844 };
    expect(placeBeside(row(10, 100), panel, phone)).toEqual({ left: 10, top: 140 });
    expect(placeBeside(row(10, 700), panel, phone)).toEqual({ left: 10, top: 492 });
  });
});
