import { Download } from 'lucide-react';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { FileButton } from '../../ui/FileButton.tsx';
import { PlainSetting } from './PlainSetting.tsx';
import styles from './WeightsRow.module.css';

/** Where the weights come from, and files of them: one can also be dropped on the page. */
export function WeightsRow({
  path,
  file,
}: {
  readonly path: FieldPath;
  /** What a file is, in words. */
  readonly file: string;
}) {
  const stopped = useApp((state) => state.engine === 'stopped');
  // Its note is that of the file until the setting is changed.
  const taken = useApp(({ notes, weightsFile }) =>
    weightsFile?.note === notes[path] ? weightsFile?.taken : undefined,
  );
  const { openWeightsFile, saveWeights } = useAppStore().getState();
  return (
    <div className={taken === undefined ? undefined : styles[taken ? 'taken' : 'refused']}>
      <PlainSetting path={path} />
      <div className={styles['files']} role="group" aria-label="Files of weights">
        <FileButton
          words="Open a file"
          title={file}
          accept=".safetensors"
          label="Weights file"
          disabled={stopped}
          onFile={openWeightsFile}
        />
        <button
          type="button"
          disabled={stopped}
          title="The weights on screen as a safetensors file, with the tensor names of the paper’s code"
          onClick={saveWeights}
        >
          <Download size={15} aria-hidden /> Save
        </button>
      </div>
    </div>
  );
}
