import { Download, FileUp } from 'lucide-react';
import { useRef } from 'react';
import { familyOf } from '../../../src/families/settings.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { PlainSetting } from '../../views/config/PlainSetting.tsx';
import styles from './WeightsControl.module.css';

const PATH = 'monotone.weights';

/** Where the weights come from, and files of them: one can also be dropped on the page. */
export default function WeightsControl() {
  const stopped = useApp((state) => state.engine === 'stopped');
  const { openWeightsFile, saveWeights } = useAppStore().getState();
  const file = useRef<HTMLInputElement>(null);
  return (
    <div>
      <PlainSetting path={PATH} />
      <div className={styles['files']} role="group" aria-label="Files of weights">
        <button
          type="button"
          disabled={stopped}
          title={familyOf('monotone').weights?.file}
          onClick={() => file.current?.click()}
        >
          <FileUp size={15} aria-hidden /> Open a file
        </button>
        <button
          type="button"
          disabled={stopped}
          title="The weights on screen as a safetensors file, with the tensor names of the paper’s code"
          onClick={saveWeights}
        >
          <Download size={15} aria-hidden /> Save
        </button>
      </div>
      <input
        ref={file}
        type="file"
        hidden
        accept=".safetensors"
        aria-label="Weights file"
        onChange={({ target }) => {
          const [first] = target.files ?? [];
          if (first) openWeightsFile(first);
          target.value = '';
        }}
      />
    </div>
  );
}
