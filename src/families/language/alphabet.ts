/**
 * Characters every model knows, in the order of their ids: the line break and printable ASCII. A
 * text's other characters come behind them, so that typing one renumbers no other.
 */
export const alphabet = [
  '\n',
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
].join('');

/** Ids a text needs: the alphabet's, the text's own further characters, and "unknown". */
export const vocabularySize = (text: string): number =>
  new Set(alphabet + text.replaceAll('\uFFFD', '')).size + 1;
