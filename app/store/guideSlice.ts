import type { Lesson } from '../../src/schema/lessons.ts';
import type { GuideSlice } from './guide.ts';
import type { StoreAccess } from './state.ts';

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
