import type { Field } from './field.ts';
import type { FieldPath, Section, Settings } from './fields.ts';

/** What a family reads: the kind of control that its input is made with. */
export type InputKind = 'text' | 'drawing' | 'picture' | 'pattern' | 'none';

/** Settings by section and key. A section belongs to one family, or to all of them. */
export type Sections = Readonly<Record<string, Readonly<Record<string, Field>>>>;

/** An iteration map as the page offers it. */
export interface MapSettings {
  readonly label: string;
  /** One sentence: what one application does. */
  readonly help: string;
  /** When it converges, as the end of a sentence: what may be true where f itself does not. */
  readonly converges?: string;
  /** Whether it converges on every problem of its family, at any `step` above 0. */
  readonly sure?: boolean;
  /** The option that is the length of a step, where it may be 0 or less: then the map leads nowhere. */
  readonly step?: string;
  /** Paths of the settings it is opened with, by the names the map has for them: `alpha`, `h`. */
  readonly options: Readonly<Record<string, string>>;
}

/**
 * What is known of a family before any tensor is: its words and its settings. Its id is its key in
 * `families/settings.ts`. Nothing in it may refer to `Settings`, which are made of it; what does is in
 * `FamilyRules`.
 */
export interface FamilySettings {
  /** "Language model": what the selector offers. */
  readonly title: string;
  /** One sentence on what it is. */
  readonly help: string;
  readonly input: InputKind;
  /** What training learns from. Absent: it is not trained. */
  readonly learns?: {
    /** What examples are counted in: tokens. */
    readonly unit: string;
    /** What the data are called: text. */
    readonly from: string;
    /** What validation measures where nothing is held out: the whole picture. Absent: the part of the data held out. */
    readonly measured?: string;
    /** The section of settings that the data follow from, with the seed; absent where they are always the same. */
    readonly data?: string;
    /** They are a text, the visitor's own perhaps, and the model writes samples; else the family brings its data itself. */
    readonly texts?: true;
  };
  /** Sections of its own, as the rail groups them: what f is, and what it is given. */
  readonly model: Sections;
  readonly inputs: Sections;
  /** Sections of its own that stand in cards of their view instead. */
  readonly cards: Sections;
  /** What each of its sections is called on the page. */
  readonly names: Readonly<Record<string, string>>;
  /** Paths in sections of all that only families which list them have: `train.length`. */
  readonly shared: readonly string[];
  /** Maps beyond those that every problem has. */
  readonly maps: Readonly<Record<string, MapSettings>>;
  /** Path of the choice among its layers, where there is more than one: another is another problem. */
  readonly layer?: string;
  /** Settings of its model that training has no use for. */
  readonly solveOnly?: readonly string[];
  /** Whether its weights hold a learned start, so that `solver.start` may be `learned`. */
  readonly learnedStart?: boolean;
  /** Where its weights come from; absent where it has none to train. */
  readonly weights?: {
    /** Path of a choice of `random`, `trained` and perhaps `pretrained`. */
    readonly path: string;
    /** The file of `pretrained`, from the page's own folder; by the value of `layer` where each layer has its own. */
    readonly pretrained?: string | Readonly<Record<string, string>>;
    /** Path of a scale of the random ones: smaller makes f less expansive. */
    readonly gain?: string;
    /** From this gain, and from this spectral radius, random layers are beyond every solver; none where one manages all. */
    readonly wild?: number;
    /** What a file is that the Solve view takes weights from, and writes; absent where it does neither. */
    readonly file?: string;
  };
}

/** Settings that fit together, and what was changed to make them. */
export interface Repair<S extends Settings> {
  readonly settings: S;
  readonly adjustments: readonly string[];
}

/** A rule between fields: the repaired settings and a sentence on them, or undefined if it holds. */
export type Constraint = <S extends Settings>(settings: S) => readonly [S, string] | undefined;

/** When a field has an effect; fields without a condition always have one. */
export type Conditions = { readonly [P in FieldPath]?: (settings: Settings) => boolean };

/** How a family's settings hang together. All of it is about set-ups of that family alone. */
export interface FamilyRules {
  readonly conditions: Conditions;
  readonly constraints: readonly Constraint[];
  /** Settings that make the shape of its weights: those of another shape do not fit. */
  readonly shape: readonly FieldPath[];
  /**
   * Variants of the network that can train beside it, by the value of `train.twinKind`: what is another one, and its
   * name. Absent: its layer unrolled is the only twin.
   */
  readonly twins?: {
    readonly [K in Exclude<Settings['train']['twinKind'], 'unrolled'>]?: <S extends Settings>(
      settings: S,
    ) => { readonly name: string; readonly settings: S };
  };
  /** A set-up's problem in a few words, for the foot of a slide: its layer, its input. Absent: its title. */
  readonly summary?: (settings: Settings) => readonly string[];
  /** Numbers of a sample's state where they may be few; undefined where they are many. */
  readonly dimensions?: (settings: Settings) => number | undefined;
  /**
   * What the weights that were trained for this page were trained with, in the section that they are chosen in: asked for
   * by name, they bring it along.
   */
  readonly pretrained?: { readonly [S in Section]: Partial<Settings[S]> }[Section];
}
