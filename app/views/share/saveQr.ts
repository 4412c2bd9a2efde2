import { saveFile } from '../../store/files.ts';

/** Saves a drawn code as an SVG file of its own; its name. */
export function saveQrSvg(drawn: SVGSVGElement): string {
  const text = new XMLSerializer().serializeToString(drawn);
  saveFile('deq-link.svg', new TextEncoder().encode(text));
  return 'deq-link.svg';
}
