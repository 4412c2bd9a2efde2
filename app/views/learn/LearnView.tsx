import '../../../src/families/first.ts';
import { TourButton } from '../tour/TourButton.tsx';
import { useEffect, useRef, type ComponentType } from 'react';
import { lessons, type Lesson } from '../../../src/schema/lessons.ts';
import { useApp } from '../../store/context.ts';
import styles from './LearnView.module.css';
import { Failure } from './pages/Failure.tsx';
import { FixedPoints } from './pages/FixedPoints.tsx';
import { Gradient } from './pages/Gradient.tsx';
import { Memory } from './pages/Memory.tsx';
import { Solvers } from './pages/Solvers.tsx';
import { Training } from './pages/Training.tsx';

const pages: Readonly<Record<Lesson, { readonly title: string; readonly page: ComponentType }>> = {
  'fixed-points': { title: 'What is a fixed point?', page: FixedPoints },
  solvers: { title: 'How solvers find it', page: Solvers },
  gradient: { title: 'The implicit gradient', page: Gradient },
  memory: { title: 'Memory: why it does not grow with depth', page: Memory },
  failure: { title: 'When it fails', page: Failure },
  training: { title: 'Training a DEQ', page: Training },
};

/** Six pages on why it works: plain words, formulas, and something to move on each. */
export default function LearnView() {
  const lesson = useApp((state) => state.lesson);
  const main = useRef<HTMLElement>(null);
  const opened = useRef(lesson);
  useEffect(() => {
    if (opened.current === lesson) return;
    opened.current = lesson;
    // Another page in the same place: it is read from its top, also by a screen reader.
    main.current?.scrollTo({ top: 0 });
    main.current?.querySelector('h2')?.focus();
  }, [lesson]);
  const { title, page: Page } = pages[lesson];
  const at = lessons.indexOf(lesson);
  return (
    <main id="main" ref={main} className={styles['learn']} tabIndex={-1}>
      <nav className={styles['contents']} aria-label="Lessons" data-screen-only>
        <ol>
          {lessons.map((name) => (
            <li key={name}>
              <LessonLink lesson={name} open={name === lesson} />
            </li>
          ))}
        </ol>
        <TourButton />
      </nav>
      <article key={lesson} className={styles['article']}>
        <h2 tabIndex={-1}>{title}</h2>
        <Page />
        <p className={styles['next']}>
          {lessons[at - 1] && <LessonLink lesson={lessons[at - 1] ?? lesson} prefix="← " />}
          {lessons[at + 1] && <LessonLink lesson={lessons[at + 1] ?? lesson} prefix="Next: " />}
        </p>
      </article>
    </main>
  );
}

function LessonLink(props: {
  readonly lesson: Lesson;
  readonly open?: boolean;
  readonly prefix?: string;
}) {
  const { lesson, open = false, prefix = '' } = props;
  const showLesson = useApp((state) => state.showLesson);
  return (
    <a
      href={`#/learn/${lesson}`}
      {...(open ? { 'aria-current': 'page' as const } : {})}
      onClick={(event) => {
        // With a modifier the browser opens it elsewhere; here the set-up is kept.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        showLesson(lesson);
      }}
    >
      {prefix}
      {pages[lesson].title}
    </a>
  );
}
