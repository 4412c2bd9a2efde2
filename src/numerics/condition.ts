import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * Condition number in the 2-norm of a symmetric matrix, row by row: the largest modulus of an eigenvalue
 * over the smallest. Infinite for a singular one; NaN where an entry is not finite.
 */
export function conditionNumber(rows: readonly (readonly number[])[]): number {
  if (!rows.flat().every(Number.isFinite)) return NaN;
  const matrix = new Matrix(rows.map((row) => [...row]));
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const sizes = realEigenvalues.map(Math.abs);
  return Math.max(...sizes) / Math.min(...sizes);
}
