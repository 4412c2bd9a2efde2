import { mendLink } from './linkRepair.ts';

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

/**
 * The name of a lesson in a fragment, as it stands there: `memory` in `#/learn/memory?v=1`, and in
 * `#/solve?v=1&lesson=memory`, which means the same. The route wins. Null without a name.
 */
export function lessonNameIn(delivered: string): string | null {
  const { fragment } = mendLink(delivered);
  const route = /^#?\/?learn\/([^?/]+)/.exec(fragment)?.[1];
  if (route !== undefined) return route;
  const query = /(?:^#?|[?&])(lesson=[^&]*)/.exec(fragment)?.[1];
  return new URLSearchParams(query).get('lesson');
}

/** Whether there is a lesson of that name. */
export const isLesson = (name: string | null): name is Lesson =>
  (lessons as readonly (string | null)[]).includes(name);

/** The lesson a fragment opens; the first unless it names another. */
export function lessonOfLink(fragment: string): Lesson {
  const name = lessonNameIn(fragment);
  return isLesson(name) ? name : lessons[0];
}
