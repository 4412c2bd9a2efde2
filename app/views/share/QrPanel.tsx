import { QRCodeCanvas, QRCodeSVG } from 'qrcode.react';
import { useRef } from 'react';
import { saveFile } from '../../store/files.ts';
import { saveQrSvg } from './saveQr.ts';
import styles from './ShareDialog.module.css';

/** Characters that still make squares a phone tells apart on a slide: version 25 of the code, 117 × 117. */
const MOST = 1200;

/** Pixels of the PNG's side. */
const SIDE = 1024;

/** ISO/IEC 18004 asks for four squares of white around the code. */
const MARGIN = 4;

/** The link as a QR code, black on white in either theme, with the ways to keep it as a file. */
export default function QrPanel(props: {
  readonly address: string;
  /** What could be left out to make the link shorter. */
  readonly droppable: readonly string[];
  readonly say: (words: string) => void;
}) {
  const { address, droppable, say } = props;
  const svg = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  if (address.length > MOST) {
    const first =
      droppable.length > 0
        ? `Leave out ${droppable.join(' or ')}`
        : 'Start from a preset that is nearer to this set-up';
    return (
      <p className={styles['note']} role="alert">
        This link has {address.length.toLocaleString('en')} characters: its squares would be too
        small for a phone’s camera, which takes about {MOST.toLocaleString('en')}. {first}, or send
        the link itself.
      </p>
    );
  }
  const saveSvg = (): void => {
    if (svg.current) say(`Saved ${saveQrSvg(svg.current)}.`);
  };
  const savePng = (): void => {
    canvas.current?.toBlob((blob) => {
      if (!blob) {
        say('The browser could not make a PNG. Save the SVG.');
        return;
      }
      void blob.arrayBuffer().then((bytes) => {
        saveFile('deq-link.png', new Uint8Array(bytes));
        say('Saved deq-link.png.');
      });
    }, 'image/png');
  };
  const code = { value: address, level: 'L', marginSize: MARGIN } as const;
  return (
    <div className={styles['qr']}>
      <QRCodeSVG ref={svg} {...code} size={208} title="The link as a QR code" />
      <QRCodeCanvas ref={canvas} {...code} size={SIDE} hidden />
      <div className={styles['copies']}>
        <button type="button" onClick={savePng}>
          Save PNG
        </button>
        <button type="button" onClick={saveSvg}>
          Save SVG
        </button>
      </div>
    </div>
  );
}
