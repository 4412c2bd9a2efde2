import type { Preset } from './preset.ts';
import { solvePresets, trainPresets } from '../families/language/presets.ts';

/** Name of a preset in links; never reused for another set-up. */
export type PresetName = keyof typeof solvePresets | keyof typeof trainPresets;

/**
 * Every preset, in the order they are offered. Links hold only what differs from one, so
 * changing a preset's values changes what links made from it open.
 */
export const presets: Readonly<Record<PresetName, Preset>> = { ...solvePresets, ...trainPresets };

/** The preset a fresh page opens. */
export const defaultPreset: PresetName = 'char-transformer';

/** Whether there is a preset of that name. */
export const isPresetName = (name: unknown): name is PresetName =>
  typeof name === 'string' && Object.hasOwn(presets, name);
