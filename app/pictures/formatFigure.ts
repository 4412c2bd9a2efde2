/** A figure with four digits that mean something: `0.3121`, `12`, `1.25e-6`; `—` for one that is not known. */
export function formatFigure(value: number): string {
  if (Number.isNaN(value)) return '—';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const words =
    size !== 0 && (size < 1e-3 || size >= 1e6)
      ? value.toExponential(3).replace('e+', 'e')
      : String(Number(value.toPrecision(4)));
  return words.replace('-', size < 1e-3 && value > 0 ? '-' : '−');
}
