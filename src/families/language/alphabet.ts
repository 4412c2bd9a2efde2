/**
 * Characters every model knows, in the order of their ids: the line break and printable ASCII. A
 * text's other characters come behind them, so that typing one renumbers no other.
 */
export const alphabet = [
  '\n',
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
].join('');
