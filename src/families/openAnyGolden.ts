/** Golden files of any family, one that the page does not offer among them: its worker need not carry that one's code. */
import type { OpenedGolden } from './family.ts';
import { impsqGolden } from './impsq/golden.ts';
import { openGolden } from './openGolden.ts';

/** As `openGolden`, of an implicit picture too. */
export const openAnyGolden = (file: unknown, name?: string): OpenedGolden =>
  openGolden(file, name, [impsqGolden]);
