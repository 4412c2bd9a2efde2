/** Pages of the site, in the order they are offered; `check` is not among the tabs. A link's route is one of them. */
export const views = ['solve', 'train', 'gallery', 'learn', 'compare', 'check'] as const;

/** A page of the site. */
export type View = (typeof views)[number];

/** What each is called, in the tabs and in the document's title. */
export const viewNames: Readonly<Record<View, string>> = {
  solve: 'Solve',
  train: 'Train',
  compare: 'Compare',
  gallery: 'Gallery',
  learn: 'Learn',
  check: 'Numbers check',
};

/** Whether there is a page of that name. */
export const isView = (name: string): name is View => (views as readonly string[]).includes(name);
