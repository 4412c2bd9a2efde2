/**
 * Intersection over union of two masks, each set where its value is at least one half; 1 where both are empty. NaN counts
 * as not set.
 */
export function iou(mask: ArrayLike<number>, truth: ArrayLike<number>): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    const [is, should] = [(mask[i] ?? 0) >= 0.5, (truth[i] ?? 0) >= 0.5];
    if (is && should) both++;
    if (is || should) either++;
  }
  return either === 0 ? 1 : both / either;
}
