import { visibleCharacter } from '../../format.ts';

/** A token made visible: spaces, line breaks and tabs have no glyph of their own. */
export const visibleText = (token: string): string => Array.from(token, visibleCharacter).join('');
