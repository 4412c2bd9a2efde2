import { Download, Microscope } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApp, useAppStore } from '../../store/context.ts';
import { FileButton } from '../../ui/FileButton.tsx';
import styles from './cards.module.css';

/** What else can be done with the model: look inside, keep it, or take one that has learnt already. `children`: a family's own ways to one. */
export function ModelActions({ children }: { readonly children?: ReactNode }) {
  const trained = useApp((state) => state.run !== null);
  const any = useApp((state) => state.run !== null || state.model !== null);
  const replaced = useApp((state) => (state.run === null ? state.replacedModel : null));
  const { openInSolve, downloadModel, openTrainingFile, bringBackModel, openLayer } =
    useAppStore().getState();
  return (
    <div className={styles['actions']}>
      <button
        type="button"
        disabled={!any}
        title="Step through this model’s solve, and see what it would predict at each iteration"
        onClick={openInSolve}
      >
        <Microscope size={15} aria-hidden />
        Open in Solve
      </button>
      <button
        type="button"
        disabled={!trained}
        title={
          trained
            ? 'Its weights and settings as safetensors'
            : 'There is no trained model to download'
        }
        onClick={downloadModel}
      >
        <Download size={15} aria-hidden />
        Download model
      </button>
      <button
        type="button"
        title="A Python file and the weights: evaluate, and train on with your own data"
        onClick={() => {
          openLayer('torch');
        }}
      >
        Continue in PyTorch…
      </button>
      <FileButton
        words="Load a model"
        title="A model in safetensors, as “Download model” writes it"
        accept=".safetensors"
        label="Model file"
        onFile={(file) => void openTrainingFile(file)}
      />
      {children}
      {replaced !== null && (
        <button
          type="button"
          title="The model that was open before this one"
          onClick={bringBackModel}
        >
          Bring “{replaced}” back
        </button>
      )}
    </div>
  );
}
