import { defaultFamily, familyIds } from '../../../src/families/settings.ts';
import { weightsOf, weightsPath } from '../../../src/schema/weights.ts';
import {
  changeSetting,
  type Experiment,
  presetExperiment,
  settingAt,
} from '../../../src/schema/experiment.ts';
import { isDrawn } from '../../../src/schema/agree.ts';
import { type FieldPath, fields, findField } from '../../../src/schema/fields.ts';
import { isDecimal } from '../../../src/schema/readValue.ts';
import {
  familyOfPreset,
  firstPreset,
  isWhole,
  type PresetName,
} from '../../../src/schema/presets.ts';
import { loadPart } from '../../parts/loadPart.ts';
import { say } from '../../ui/say.ts';
import { rememberFamilies } from './rememberFamilies.ts';
import { createFollower } from './followPen.ts';
import type { Passes } from '../solve/passes.ts';
import { isBounded } from '../solve/until.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import { sameBackward, sameForward } from '../engine/sameWork.ts';
import { cursorOn, notOpened } from '../solve/shown.ts';
import type { ConfigSlice, StoreAccess } from '../state.ts';
import { fitWeights, NO_WEIGHTS } from './weights.ts';

/** Least time between two set-ups that the engine gets: a slider sends dozens in that time. */
const SETTLE_MILLISECONDS = 150;

/** What the slice hands its edits on to. */
export interface ConfigOptions {
  readonly experiment: Experiment;
  readonly lane: SolveLane;
  readonly passes: Passes;
  /** Told of each field the visitor changes, once it has its new value. */
  readonly onChanged: (path: FieldPath) => void;
}

/**
 * The set-up and its edits. An edit of the problem or of the solver ends the solve on screen and
 * brings up iteration 0 of the new one, or all of it where the old one had been solved to its end; one of
 * the backward pass ends the backward solve only.
 */
export function createConfigSlice(
  { get, set }: StoreAccess,
  { experiment, lane, passes, onChanged }: ConfigOptions,
): ConfigSlice {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let settled = -Infinity;
  let solvesAgain = false;
  /** The first edit is taken at once, those that follow it closely together. */
  const settle = (finish: boolean, again = false): void => {
    solvesAgain = again;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        settled = performance.now();
        const toTheEnd = solvesAgain;
        solvesAgain = false;
        // Out of sight nothing is solved; showing the view again brings it up.
        if (get().view !== 'solve') return;
        if (toTheEnd) get().runToEnd();
        else passes.refresh(finish);
      },
      Math.max(0, settled + SETTLE_MILLISECONDS - performance.now()),
    );
  };
  const families = rememberFamilies();
  /** A pen is not waited for, and what it draws is solved while it moves on. */
  const follow = createFollower({ follow: passes.follow, giveUp: lane.cancel });
  /** Whether what is on screen was solved to its end, is on its way there without a pause, or is about to be. */
  const isSolved = (): boolean => {
    const state = get();
    if (!state.autoRun || state.pass === 'backward') return false;
    return (
      solvesAgain ||
      state.status !== 'running' ||
      (state.activity === 'running' && state.pace === 'max')
    );
  };
  /** Whoever looks back and then changes a setting wants to compare with what he looked at. */
  const keepTrace = (): void => {
    if (cursorOn(get()) !== null) get().pin(true);
  };
  /** Only what the forward solve doesn't depend on has changed: it stays as it is. */
  const takeQuietly = (next: Experiment): void => {
    const { experiment: old, applied, pass } = get();
    set({ experiment: next, ...(applied === old ? { applied: next } : {}) });
    if (sameBackward(old, next)) return;
    if (pass === 'backward') {
      keepTrace();
      lane.cancel();
      set({ cursor: null, replaying: false });
    }
    set({ adjoint: null, comparison: { ...get().comparison, report: null, failure: null } });
    if (pass === 'backward') settle(get().records.length <= 1);
  };
  const take = (
    next: Experiment,
    notes: ConfigSlice['notes'],
    { otherWeights = false, again = false, drawn = false } = {},
  ): void => {
    set({ notes });
    const { experiment: old, source, records, engine, view } = get();
    if (!otherWeights && sameForward(old, next)) {
      takeQuietly(next);
      return;
    }
    const solveAgain = again && isSolved();
    const penned = drawn && solveAgain && source === 'live' && view === 'solve';
    keepTrace();
    // What a pen has drawn so far is let finish.
    if (!penned) lane.cancel();
    set({ experiment: next, adjoint: null, cursor: null, replaying: false });
    // A solve made here stays on screen, with all that is said of it, until there is another: with no engine there will be none.
    if (source === 'recorded' || records.length === 0 || engine === 'stopped')
      set({ source: 'live', ...notOpened(next) });
    if (penned) follow();
    else settle(true, solveAgain);
  };
  const note = (path: FieldPath, adjustments: readonly string[]): ConfigSlice['notes'] => {
    const notes = { ...get().notes };
    if (adjustments.length > 0) notes[path] = adjustments.join(' ');
    else Reflect.deleteProperty(notes, path);
    return notes;
  };
  /**
   * Acts once all of a preset and its family is here, at once where it is; until then the choices of both show it.
   * Where it can't be had, they go back and that is said.
   */
  const withPreset = (preset: PresetName, act: () => void): void => {
    const whole = isWhole(preset);
    // The newest choice counts.
    set({ opening: whole ? null : preset });
    if (whole) {
      act();
      return;
    }
    const wanted = (): boolean => get().opening === preset;
    loadPart<unknown>(
      () =>
        familyOfPreset(preset) === defaultFamily
          ? import('../../../src/families/first.ts')
          : import('../../families/whole.ts'),
      { draws: false },
    ).then(
      () => {
        if (!wanted()) return;
        set({ opening: null });
        act();
      },
      () => {
        if (!wanted()) return;
        set({ opening: null });
        say('error', 'This set-up could not be loaded. Check the connection and try again.');
      },
    );
  };
  const change: ConfigSlice['change'] = (path, raw) => {
    const family = familyIds.find((id) => path === 'problem.family' && id === raw);
    const field = findField(path);
    if (field?.control === 'number' && typeof raw === 'string' && !isDecimal(raw))
      loadPart(() => import('../../../src/schema/readField.ts'), { draws: false }).then(
        ({ typedValue }) => {
          changeNow(path, typedValue(field, raw));
        },
        () => {
          say('error', `“${raw}” can’t be read without a connection. Type it as a plain decimal.`);
        },
      );
    else if (family === undefined) changeNow(path, raw);
    else
      withPreset(firstPreset(family), () => {
        changeNow(path, raw);
      });
  };
  const changeNow: ConfigSlice['change'] = (path, raw) => {
    const { experiment: old, run, model, ownWeights, openInSolve } = get();
    const changed = families.change(changeSetting(old, path, raw), old, get().view);
    const asksForTrained =
      path === weightsPath(changed.experiment) && weightsOf(changed.experiment) === 'trained';
    const has = ownWeights?.problem.family === changed.experiment.problem.family;
    if (asksForTrained && changed.experiment !== old && !has) {
      set({ notes: note(path, run || model ? [] : [NO_WEIGHTS]) });
      if (run || model) openInSolve();
      return;
    }
    const { experiment: next, adjustments } = fitWeights(changed, path, ownWeights);
    const notes = note(path, adjustments);
    if (next === old) {
      set({ notes });
      return;
    }
    take(next, notes, { again: true, drawn: isDrawn(next, path) && !isBounded(get().until) });
    onChanged(path);
  };
  return {
    experiment,
    notes: {},
    change,
    restore: (path) => {
      change(path, settingAt(presetExperiment(get().experiment.preset), path));
    },
    restoreAll: () => {
      take(presetExperiment(get().experiment.preset), {});
    },
    opening: null,
    choosePreset: (name) => {
      withPreset(name, () => {
        take(presetExperiment(name), {});
      });
    },
    open: (next, again = false) => {
      take(next, {}, { again });
    },
    openModel: (next, again = false) => {
      take(next, {}, { otherWeights: true, again });
    },
    autoRun: true,
    setAutoRun: (autoRun) => {
      set({ autoRun });
    },
  };
}

/** A seed nobody chose. */
export const randomSeed = (): number => Math.floor(Math.random() * (fields.random.seed.max + 1));
