import { familyOf } from '../../../src/families/settings.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import type { IterationRecord, Phase } from '../../../src/engine/protocol/protocol.ts';
import type { Branch } from './explore.ts';
import type { Watch, AppState, StoreAccess } from '../state.ts';
import { shownExperiment, shownRecords } from './shown.ts';

/** A trace kept in the chart while others are made. */
export interface Pin {
  /** Its place among the five, which gives it its colour and dash. */
  readonly slot: number;
  readonly pass: Phase;
  readonly solve: number;
  readonly experiment: Experiment;
  readonly branch: Branch | null;
  readonly records: readonly IterationRecord[];
  /** Kept because a setting was changed while the visitor looked back: drawn paler. */
  readonly faint: boolean;
}

/** The kept traces. */
export interface PinSlice {
  readonly pins: readonly Pin[];
  /** Keeps the shown trace; the oldest gives way to a sixth. */
  readonly pin: (faint?: boolean) => void;
  readonly unpin: (slot: number) => void;
}

/** More lines than this can't be told apart. */
export const MOST_PINS = 5;

/** Whether a pin is of the trace on screen: then one line is enough for both. */
export const isShown = (pin: Pin, state: AppState): boolean =>
  pin.pass === state.pass &&
  pin.solve === solveOf(state) &&
  pin.records[0] === shownRecords(state)[0];

const solveOf = ({ pass, solve, adjoint }: AppState): number =>
  pass === 'forward' ? solve : (adjoint?.solve ?? -1);

/** Names the problem that a set-up solves; its solver and the layer's sizes may change within one. */
function problemOf(experiment: Experiment): string {
  const { family } = experiment.problem;
  const { layer, inputs } = familyOf(family);
  const paths = Object.entries(inputs).flatMap(([section, group]) =>
    Object.keys(group).map((key) => `${section}.${key}`),
  );
  const values = [...(layer === undefined ? [] : [layer]), ...paths].map((path) =>
    settingAt(experiment, path as FieldPath),
  );
  return JSON.stringify([experiment.preset, family, ...values]);
}

/** The pinned traces, of the problem on screen alone. */
export function createPinSlice({ get, set, subscribe }: StoreAccess & Watch): PinSlice {
  /** Pins of other problems, which come back with them. */
  const elsewhere = new Map<string, readonly Pin[]>();
  subscribe(
    ({ experiment }) => experiment,
    (experiment, old) => {
      const [now, before] = [problemOf(experiment), problemOf(old)];
      if (now === before) return;
      const { pins, pass, tool } = get();
      elsewhere.set(before, pins);
      set({
        pins: elsewhere.get(now) ?? [],
        // How another problem was looked at is no way to begin with this one.
        ...(pass === 'backward' ? { pass: 'forward', adjoint: null } : {}),
        ...(tool === null ? {} : { tool: null }),
      });
    },
  );
  return {
    pins: [],
    pin: (faint = false) => {
      const state = get();
      const records = shownRecords(state);
      if (records.length === 0) return;
      const others = state.pins.filter((pin) => !isShown(pin, state)).slice(1 - MOST_PINS);
      const slots = Array.from({ length: MOST_PINS }, (_, slot) => slot);
      const slot = slots.find((one) => others.every((pin) => pin.slot !== one)) ?? 0;
      const { pass, branch } = state;
      const [experiment, solve] = [shownExperiment(state), solveOf(state)];
      set({ pins: [...others, { slot, pass, solve, experiment, branch, records, faint }] });
    },
    unpin: (slot) => {
      set({ pins: get().pins.filter((pin) => pin.slot !== slot) });
    },
  };
}
