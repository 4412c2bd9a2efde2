import type { TableauName } from './settings.ts';

/** Embedded Runge–Kutta pairs whose last stage is the new point, so that a step starts with what the last one ended with. */
export interface Tableau {
  /** Stage i is taken at z + h Σⱼ a[i][j] kⱼ; the last one is the new point. */
  readonly a: readonly (readonly number[])[];
  /** The error is h Σᵢ error[i] kᵢ. */
  readonly error: readonly number[];
  /** Order of the error, by which the step is corrected. */
  readonly order: number;
}

/** Bogacki and Shampine 1989, orders 3 and 2. */
const bs3: Tableau = {
  a: [[], [1 / 2], [0, 3 / 4], [2 / 9, 1 / 3, 4 / 9]],
  error: [2 / 9 - 7 / 24, 1 / 3 - 1 / 4, 4 / 9 - 1 / 3, -1 / 8],
  order: 3,
};

/** Tsitouras 2011, orders 5 and 4. */
const tsit5: Tableau = {
  a: [
    [],
    [0.161],
    [-0.008480655492356989, 0.335480655492357],
    [2.8971530571054935, -6.359448489975075, 4.3622954328695815],
    [5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525],
    [
      5.86145544294642, -12.92096931784711, 8.159367898576159, -0.071584973281401,
      -0.028269050394068383,
    ],
    [
      0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081,
      2.324710524099774,
    ],
  ],
  error: [
    -0.001780011052225777,
    -0.0008164344596567469,
    0.007880878010261995,
    -0.1447110071732629,
    0.5823571654525552,
    -0.45808210592918697,
    1 / 66,
  ],
  order: 5,
};

/** The pairs by the names that settings have for them. */
export const tableaux: Readonly<Record<TableauName, Tableau>> = { bs3, tsit5 };
