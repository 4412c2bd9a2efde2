import {
  BookOpen,
  ChartSpline,
  GitCompareArrows,
  GraduationCap,
  LayoutGrid,
  type LucideIcon,
} from 'lucide-react';
import type { View } from '../../../src/schema/link.ts';

/** The pages of the site, in the order of their keys: the header, the bottom tabs and the commands. */
export const viewList: readonly {
  readonly view: View;
  readonly icon: LucideIcon;
  /** The question it answers. */
  readonly title: string;
}[] = [
  {
    view: 'solve',
    icon: ChartSpline,
    title: 'How does this iteration converge?',
  },
  {
    view: 'train',
    icon: GraduationCap,
    title: 'Can it learn, at what cost?',
  },
  {
    view: 'gallery',
    icon: LayoutGrid,
    title: 'What is worth trying?',
  },
  {
    view: 'learn',
    icon: BookOpen,
    title: 'Why does it work, and when does it not?',
  },
  {
    view: 'compare',
    icon: GitCompareArrows,
    title: 'What changed between runs?',
  },
];
