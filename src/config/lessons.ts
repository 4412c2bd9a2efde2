/** Pages of the Learn view, in the order they are read. A link's route ends with one of them. */
export const lessons = [
  'fixed-points',
  'solvers',
  'gradient',
  'memory',
  'failure',
  'training',
] as const;

/** A page of the Learn view. */
export type Lesson = (typeof lessons)[number];

/** The lesson a fragment such as `#/learn/memory?v=1` opens; the first unless it names another. */
export function lessonOfLink(fragment: string): Lesson {
  const name = /^#?\/?learn\/([\w-]+)/.exec(fragment)?.[1];
  return lessons.find((lesson) => lesson === name) ?? lessons[0];
}
