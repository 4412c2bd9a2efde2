/** The way back through the set-ups of this visit, whoever changed them. */
export interface HistorySlice {
  /** What undoing would take back, in a word or two; null where there is nothing. */
  readonly undoable: string | null;
  /** What redoing would bring again; null where there is nothing. */
  readonly redoable: string | null;
  readonly undo: () => void;
  readonly redo: () => void;
}
