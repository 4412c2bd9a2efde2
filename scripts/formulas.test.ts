import { expect, it } from 'vitest';
import explanations from '../app/ui/fields/explain/formulas.tex.json';
import lessons from '../app/views/learn/formulas.tex.json';
import { typeset } from './formulas.mjs';

it.each([...Object.entries(lessons), ...Object.entries(explanations)])(
  '%s becomes MathML, and nothing but MathML',
  (_, tex) => {
    const html = typeset(tex);
    expect(html).toMatch(/^<math [\s\S]*<\/math>$/);
    expect(html).not.toMatch(/annotation|class="katex/);
  },
);

it('refuses TeX it cannot read', () => {
  expect(() => typeset('\\frac{1}')).toThrow();
});
