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

/** Whether there is a lesson of that name. */
export const isLesson = (name: string | null): name is Lesson =>
  (lessons as readonly (string | null)[]).includes(name);
