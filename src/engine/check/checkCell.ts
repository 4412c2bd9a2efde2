import * as tf from '../../tf/index.ts';
import { largestDifference, type Finding } from './finding.ts';
import type { GoldenFile } from './goldenFile.ts';
import { openGolden } from './withGolden.ts';
import { readAndFree } from '../../tf/readback.ts';

/** One evaluation of the cell at the probe state, to 2e-5 absolute. */
export async function checkCell(file: GoldenFile): Promise<Finding> {
  using opened = openGolden(file);
  const found = await readAndFree(tf.tidy(() => opened.f(opened.probe)));
  const error = largestDifference(found, file.f_of_z_probe.data);
  return { what: 'f of the probe state', error, bound: 2e-5 };
}
