import { refinementSettings } from '../../../src/families/refinement/settings.ts';
import { WeightsRow } from '../../views/config/WeightsRow.tsx';

/** Where the weights come from, and files of them. */
export default function WeightsControl() {
  const { path, file } = refinementSettings.weights;
  return <WeightsRow path={path} file={file} />;
}
