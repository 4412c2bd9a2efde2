import { impsqSettings } from '../../../src/families/impsq/settings.ts';
import { WeightsRow } from '../../views/config/WeightsRow.tsx';

/** Where the weights come from, and files of them. */
export default function WeightsControl() {
  const { path, file } = impsqSettings.weights;
  return <WeightsRow path={path} file={file} />;
}
