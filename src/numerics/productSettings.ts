/** Products with the Jacobian as settings know them: no tensors here. */

/** Products that are made before any is read back. */
export const productsTogether = 32;

/**
 * How J v is made. `linear`: f is affine and says what its linear part is. `pullback`: the pullback of the pullback,
 * replayed from the tape of one evaluation; exact up to round-off. `difference`: a central difference of two more
 * evaluations, good to about 1e-4 in float32.
 */
export type ProductsBy = 'linear' | 'pullback' | 'difference';
