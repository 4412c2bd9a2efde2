import type { Lesson } from '../../../src/schema/lessons.ts';
import type { StoreAccess } from '../state.ts';

/** What leads a visitor through the page: the lessons and the tour. */
export interface GuideSlice {
  /** The lesson that is open, or would be. */
  readonly lesson: Lesson;
  readonly showLesson: (lesson: Lesson) => void;
  /** Whether the tour is on; only the visitor starts it. */
  readonly tour: boolean;
  readonly setTour: (on: boolean) => void;
}

/** The guides, off until they are asked for. */
export function createGuideSlice({ get, set }: StoreAccess, lesson: Lesson): GuideSlice {
  return {
    lesson,
    showLesson: (next) => {
      set({ lesson: next });
      get().showView('learn');
    },
    tour: false,
    setTour: (tour) => {
      set({ tour });
    },
  };
}
