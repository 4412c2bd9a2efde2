/**
 * One adjustable setting: its type, default, bounds, words, and the reader that
 * accepts a value of unknown origin. The table in `fields.ts` is made of these;
 * the experiment's type, the config rail and the link format all follow from it.
 */

/** What every field tells the page, whatever its type. */
export interface FieldWords {
  /** Name beside the control. */
  readonly label: string;
  /** Symbol used in the literature, such as `β`. */
  readonly symbol?: string;
  /** Unit of the value, such as `iterations`. */
  readonly unit?: string;
  /**
   * One or two sentences on what it does. A plain literal, so that a build can keep it for later; the page reads
   * it by `app/ui/fields/help`.
   */
  readonly help: string;
  /** Shown only under "Advanced" when true. */
  readonly advanced?: boolean;
  /** May change while it trains, from the next step on. */
  readonly live?: boolean;
}

/** Outcome of reading an untrusted value: the value to use, and what was changed, in words. */
export interface Reading<T> {
  readonly value: T;
  /** Present when the raw value was not taken as it stood: "clamped to 200". */
  readonly adjustment?: string;
}

/** Numbers: a slider with a number box. `scale: 'log'` moves the slider by decades. */
export interface NumberField extends FieldWords {
  readonly control: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Grid the value is rounded to, counted from `min`; 0 means any value. */
  readonly step: number;
  readonly scale: 'linear' | 'log';
}
/** One of a few named options. */
export interface ChoiceField<T extends string = string> extends FieldWords {
  readonly control: 'choice';
  readonly default: T;
  /** `help`: what that one is, in a sentence. */
  readonly options: readonly {
    readonly value: T;
    readonly label: string;
    readonly help?: string;
  }[];
}
/** On or off. */
export interface FlagField extends FieldWords {
  readonly control: 'flag';
  readonly default: boolean;
}
/** Free text, counted in code points. */
export interface TextField extends FieldWords {
  readonly control: 'text';
  readonly default: string;
  readonly maxLength: number;
  /**
   * It holds a picture, by the texts of `inputs/pictures/pictureCode.ts`: the visitor's own goes into no link unless they
   * ask for it.
   */
  readonly picture?: true;
}

export type Field = NumberField | ChoiceField | FlagField | TextField;

/** The type of a field's value. */
export type ValueOf<F> =
  F extends ChoiceField<infer T>
    ? T
    : F extends NumberField
      ? number
      : F extends FlagField
        ? boolean
        : F extends TextField
          ? string
          : never;

type Spec<F> = Omit<F, 'control' | 'scale' | 'step'>;

/** A whole number on a grid of `step` (default 1). */
export const int = (spec: Spec<NumberField> & { step?: number }): NumberField => ({
  step: 1,
  ...spec,
  control: 'number',
  scale: 'linear',
});
/** A real number on a grid of `step` (default 0.01). */
export const real = (spec: Spec<NumberField> & { step?: number }): NumberField => ({
  step: 0.01,
  ...spec,
  control: 'number',
  scale: 'linear',
});
/** A positive number that spans decades. */
export const decades = (spec: Spec<NumberField>): NumberField => ({
  ...spec,
  step: 0,
  control: 'number',
  scale: 'log',
});
/** One of the keys of `labels`. */
export const choice = <const T extends string>(
  spec: FieldWords & {
    default: NoInfer<T>;
    labels: Readonly<Record<T, string>>;
    helps?: Readonly<Record<T, string>>;
  },
): ChoiceField<T> => {
  const { labels, helps, ...words } = spec;
  return {
    ...words,
    control: 'choice',
    options: (Object.keys(labels) as T[]).map((value) => ({
      ...{ value, label: labels[value] },
      ...(helps && { help: helps[value] }),
    })),
  };
};
/** On or off. */
export const flag = (spec: Spec<FlagField>): FlagField => ({ ...spec, control: 'flag' });
/** Text of at most `maxLength` code points. */
export const text = (spec: Spec<TextField>): TextField => ({ ...spec, control: 'text' });
