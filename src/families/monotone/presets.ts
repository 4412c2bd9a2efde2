import type { PresetTable } from '../../schema/preset.ts';

/** The presets of the Solve view, in the order they are offered. */
export const monotoneSolvePresets = {} as const satisfies PresetTable;

/** The presets of the Train view, in the order they are offered. */
export const monotoneTrainPresets = {} as const satisfies PresetTable;
