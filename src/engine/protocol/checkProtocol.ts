/** The command that holds this device's numbers against the golden values. */

/** A file of reference values, as it was fetched. */
export interface CheckSource {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly json: string;
}

/** What a check is about. */
export type CheckGroup = 'cell' | 'solver' | 'gradient' | 'jacobian' | 'kernels';

/** One number, or the worst of many, against its truth. */
export interface CheckRow {
  readonly group: CheckGroup;
  /** Name of the file that the truth is in. */
  readonly file: string;
  readonly what: string;
  /** How far it is off; NaN where there is no number, or where it failed altogether. */
  readonly error: number;
  /** Below it the error is float32's round-off. */
  readonly bound: number;
  readonly passed: boolean;
  /** What went wrong, where it could not be computed. */
  readonly problem?: string;
}

/** Every check that was made. */
export interface CheckReport {
  readonly rows: readonly CheckRow[];
  /** How many there are; more than `rows` when it was interrupted. */
  readonly total: number;
}

/** Meant for an engine of its own, that has only been booted. */
export interface CheckCommands {
  /**
   * Compute what the files hold, with the kernels in use. Reports progress, with the rows that were
   * made since the last; can be interrupted.
   */
  readonly check: (sources: readonly CheckSource[]) => Promise<CheckReport>;
}
