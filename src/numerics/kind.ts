import type { ProductsBy } from './productSettings.ts';
import type { ChoiceField, Field, FlagField, NumberField } from '../schema/field.ts';
import type { Convention, ConventionName } from './conventions/settings.ts';
import type { FusedMethod } from './fused/stepper.ts';
import type { LowRank } from './lowRank.ts';
import type { Method } from './method.ts';
import type { PlainMethod } from './plain/method.ts';
import type { Linearize } from './products.ts';
import type { SolverOptions } from './solver.ts';

/** The fields of a kind's own options, by name: one for each, with bounds, default and words. */
export type OptionFields<Options> = { readonly [K in keyof Options]: FieldOf<Options[K]> };

type FieldOf<T> = [T] extends [number]
  ? NumberField
  : [T] extends [boolean]
    ? FlagField
    : [T] extends [string]
      ? ChoiceField<T>
      : never;

/** How an event is told to people. */
export interface EventWords {
  /** What happened, without a full stop. */
  readonly words: string;
  /** A word or two for the time track; null for what may happen at every step. */
  readonly short: string | null;
  /** Outline of its marker in a box from −5 to 5, as an SVG path: the shape tells events apart without colour. */
  readonly mark: string;
}

/** Number formats of the page, for words that hold figures. */
export interface Say {
  readonly number: (value: number) => string;
  /** "3 corrections". */
  readonly count: (count: number, noun: string) => string;
}

/** One step as a story tells it. */
export interface ToldStep {
  /** What the step was made of, by the method's names: `Inside.values` of the sample. */
  readonly inside: Readonly<Record<string, readonly number[]>>;
  /** Evaluations of f that it took. */
  readonly evaluations: number;
  /** The points it leads from and to, as subscripts: `₄`. */
  readonly here: string;
  readonly there: string;
}

/** How the direction of a step is found. */
export interface ToldSolve {
  /** A few words: "Find the mixing weights". */
  readonly title: string;
  /** One or two sentences. */
  readonly words: string;
  readonly formula: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  /** Signed bars have their zero in the middle. */
  readonly signed?: boolean;
  /** What the bars add up to, where that says something: "Sum of the weights". */
  readonly total?: string;
  readonly warning?: string;
}

/**
 * A kind's step in words, for slow motion. `options` are its own, those of the settings. Loaded when somebody
 * looks; all of them stand in the table `words.ts`.
 */
export interface KindWords {
  /** How the direction is found. */
  solve(step: ToldStep, options: object, say: Say): ToldSolve;
  /** How the step is taken: its formula, and words that "the state moves by …" follows after a comma. */
  step(
    step: ToldStep,
    options: object,
    say: Say,
  ): { readonly formula: string; readonly how: string };
}

/** What a kind asks of a problem beyond f. */
export interface KindNeeds {
  /** Numbers of one sample's state it can hold a matrix of. */
  readonly stateAtMost?: number;
  /** Numbers of the whole batch it can hold a matrix of. */
  readonly batchAtMost?: number;
  /** Why, and what to do beyond it: "Newton factors an n × n matrix; take Newton–GMRES for larger states." */
  readonly why: string;
}

/** Floats as so many states z, and so many numbers for each sample beside them. */
export interface Floats {
  readonly states: number;
  readonly numbers: number;
}

/** Floats of a solver after some evaluations, f's own intermediates apart. */
export interface SolverFloats {
  /** Kept between two iterations: the method's state, and the best point so far where that is another one. */
  readonly kept: Floats;
  /** Needed on top while a step is made, at its peak. `src/engine/memory.test.ts` compares the sum with measured bytes. */
  readonly working: Floats;
  /** Products with the Jacobian that a step makes from f's tape, which stays open until its new point is evaluated. */
  readonly products?: 'rows' | Exclude<ProductsBy, 'linear'>;
}

/** The size of what is solved: a z is as many samples of so many numbers. */
export interface StateSize {
  readonly samples: number;
  readonly numbers: number;
}

/**
 * What a solver kind keeps. `options` are the kind's own; `made` evaluations have been made. Declared as
 * methods, so that a kind can name its own options' type.
 */
export interface KindMemory {
  /** Points, residuals and the like kept between two iterations, in units of one z. */
  storedStates(options: object, made: number, of: StateSize): number;
  /** By reference operations, what residuals are measured with apart; `affine`: of an adjoint solve. */
  reference(
    options: object,
    made: number,
    of: StateSize & { readonly affine?: boolean | undefined },
  ): SolverFloats;
  /** By kernels of its own; null where it has none for these options. */
  fused?(options: object, made: number): SolverFloats | null;
  /** Of a kind that learns an inverse Jacobian, how many states that is after so many evaluations. */
  learntStates?(options: object, made: number): number;
  /** Evaluations after which it keeps no more than before; null for a kind without a history. */
  fullAt(options: object): number | null;
  /** How long that history is, in symbols: "m = 6". */
  words?(options: object): string;
}

/**
 * A solver kind as the page and the settings see it: plain data, in `<kind>/settings.ts`. All of them stand in
 * the table `settings.ts`.
 */
export interface KindSettings {
  /** Its name in links and in `SolverOptions.method`. */
  readonly id: string;
  /** Its name for people, inside a sentence too. */
  readonly title: string;
  /** One sentence: how it gets its next estimate. */
  readonly help: string;
  /**
   * The fields of its own options, in the order of the controls. Each is a setting `solver.<name>` and an
   * optional member of `SolverOptions`. Kinds may share a field: the same object under the same name.
   */
  readonly options: Readonly<Record<string, Field>>;
  /** The option that matters most: a race lane shows it. None for a kind without options. */
  readonly main: string | null;
  /** What the options are under another library's convention, where the library decides. */
  readonly underConvention?: Readonly<Record<string, number | string | boolean>>;
  /** As a solver of the adjoint equation; null where it can be none. */
  readonly adjoint: {
    /** Fields of the settings `backward.<name>`: the kind's own options, for an adjoint solve. */
    readonly options: Readonly<Record<string, Field>>;
    /** Options that are the same in every adjoint solve. */
    readonly fixed: Readonly<Record<string, number | string | boolean>>;
  } | null;
  /** What can happen in a solve of this kind, by the event's name. Kinds that share one tell it in the same words. */
  readonly events: Readonly<Record<string, EventWords>>;
  /** What to say where nothing happened yet. */
  readonly quiet: string;
  /** What the shape of its residual curve says, for who sees one for the first time. */
  readonly reading: string;
  /** The kind to try next, for who wants another from some iteration on. */
  readonly next: string;
  /** What it runs with in a fresh race: one lane for each set of options. */
  readonly lanes: readonly Readonly<Record<string, number | string | boolean>>[];
  /** Whether a solve learns an inverse Jacobian, which it can begin with and leave to another: `LowRank`. */
  readonly learnsInverse?: boolean;
  /** Whether it iterates f as it is, so that it converges only where the spectral radius is below 1. */
  readonly plain?: boolean;
  /**
   * What a diagnosis offers it for: `mixing` where plain iteration swings or runs away, `last-resort` for what the
   * others do not manage.
   */
  readonly remedy?: 'mixing' | 'last-resort';
  /** Where a library does something else with this kind than its convention says of others. */
  readonly conventions: { readonly [Name in ConventionName]?: Partial<Convention> };
  readonly needs?: KindNeeds;
  readonly memory: KindMemory;
}

/** What a method may use beyond f. */
export interface Support {
  /** The Jacobian of f at a point. */
  readonly linearize: Linearize;
  /** An inverse Jacobian to begin with, for a method that learns one; borrowed until the first point. */
  readonly seed?: LowRank | undefined;
}

/** A solver kind at work, in `<kind>/index.ts`. All of them stand in the table `kinds.ts`. */
export interface SolverKind {
  readonly settings: KindSettings;
  /**
   * Its own options out of the bag that callers give, with the engine's defaults. Throws a RangeError that
   * names the option when one of them makes no sense. `seeded`: pairs of the inverse Jacobian that it begins with.
   */
  read(bag: SolverOptions, seeded?: number): object;
  /** The method by reference operations. */
  method(options: object, support: Support): Method;
  /** By kernels of its own, where it has any for these options. */
  fused?(options: object, seed?: LowRank): FusedMethod | undefined;
  /** On one sample's plain numbers, where it does that with these options. */
  plain?(options: object): PlainMethod | undefined;
}
