import '../../families/whole.ts';
import { Suspense, useId, useState } from 'react';
import type { HideablePart } from '../../../src/schema/hide.ts';
import { presets } from '../../../src/schema/presets.ts';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useApp } from '../../store/context.ts';
import { sharesOwnWeights, WEIGHTS_STAY } from '../../store/config/weights.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmbedSize, frameOf, type FrameSize } from './EmbedSize.tsx';
import { LinkChoices, useLinkChoices } from './LinkChoices.tsx';
import { PartChoices } from './PartChoices.tsx';
import { sendLink } from './sendLink.ts';
import styles from './ShareDialog.module.css';
import { useLink } from './useLink.ts';

/** With the library that makes it. */
const QrPanel = lazyPart(() => import('./QrPanel.tsx'), 'The QR code', 'line');

/** Makes a link for others: as it is, as Markdown, as a QR code or a frame, with more in it or with parts left out. */
export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const [hidden, setHidden] = useState<readonly HideablePart[]>(useApp((state) => state.hidden));
  const [said, setSaid] = useState('');
  const [size, setSize] = useState<FrameSize>('medium');
  const [shown, setShown] = useState<'qr' | 'frame' | null>(null);
  const { title } = presets[useApp((state) => state.experiment.preset)];
  const { options, choices } = useLinkChoices();
  const { address, problem } = useLink({ ...options, hidden, embed: false });
  const framed = useLink({ ...options, hidden, embed: true }).address;
  const openLayer = useApp((state) => state.openLayer);
  const ownWeights = useApp(sharesOwnWeights);
  const id = useId();
  const name = `DEQ Playground: ${title}`;
  const texts = {
    link: address,
    Markdown: `[${name.replace(/[[\]\\]/g, '\\$&')}](${address.replaceAll(')', '%29')})`,
    frame: frameOf(framed, title, size),
  };
  const copy = async (what: keyof typeof texts): Promise<void> => {
    try {
      await navigator.clipboard.writeText(texts[what]);
      setSaid(`Copied the ${what}.`);
    } catch {
      setSaid('The browser didn’t allow copying. Select the link and copy it by hand.');
    }
  };
  const send = async (): Promise<void> => {
    setSaid((await sendLink(name, address)) ?? '');
  };
  const forget = (): void => {
    setSaid('');
  };
  const droppable = [
    options.text !== undefined && 'your text',
    options.ownPicture && 'your picture',
    hidden.length > 0 && 'the parts to hide',
    options.outcome !== undefined && 'how it ended',
  ].filter((one) => one !== false);
  const panel = (which: 'qr' | 'frame', words: string) => (
    <button
      type="button"
      aria-expanded={shown === which}
      disabled={address === ''}
      onClick={() => {
        setShown(shown === which ? null : which);
      }}
    >
      {words}
    </button>
  );
  return (
    <Dialog title="Share this set-up" onClose={onClose}>
      <LinkChoices choices={choices} onChange={forget} />
      <label className={styles['label']} htmlFor={id}>
        Link{hidden.length > 0 && ', with parts left out'}
      </label>
      <textarea
        id={id}
        className={styles['link']}
        readOnly
        rows={3}
        value={problem ?? address}
        onFocus={(event) => {
          event.target.select();
        }}
      />
      <div className={styles['copies']}>
        {(['link', 'Markdown'] as const).map((what) => (
          <button
            key={what}
            type="button"
            disabled={address === ''}
            onClick={() => void copy(what)}
          >
            Copy {what}
          </button>
        ))}
        {typeof navigator.share === 'function' && (
          <button type="button" disabled={address === ''} onClick={() => void send()}>
            Send…
          </button>
        )}
      </div>
      <div className={styles['copies']}>
        {panel('qr', 'QR code')}
        {panel('frame', 'Frame for a page')}
        <button
          type="button"
          title="A Python file and the weights, to go on with elsewhere"
          onClick={() => {
            openLayer('torch');
          }}
        >
          PyTorch…
        </button>
      </div>
      {shown === 'qr' && address !== '' && (
        <Suspense>
          <QrPanel address={address} droppable={droppable} say={setSaid} />
        </Suspense>
      )}
      {shown === 'frame' && (
        <>
          <EmbedSize size={size} onChange={setSize} />
          <div className={styles['copies']}>
            <button type="button" disabled={framed === ''} onClick={() => void copy('frame')}>
              Copy frame
            </button>
          </div>
        </>
      )}
      {ownWeights && <p className={styles['said']}>{WEIGHTS_STAY}</p>}
      <p className={styles['said']} role="status">
        {said}
      </p>
      <PartChoices
        hidden={hidden}
        onChange={(next) => {
          setHidden(next);
          forget();
        }}
      />
    </Dialog>
  );
}
