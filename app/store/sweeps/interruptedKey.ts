/** Under it stands the id of the sweep that a tab is at; what is left there when nobody is was interrupted. */
export const INTERRUPTED = 'deq-sweep';
