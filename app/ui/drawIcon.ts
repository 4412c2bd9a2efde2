import { createElement, type ComponentType, type SVGProps } from 'react';

/** What an icon is given, as one of Lucide's: it is as wide as high. */
interface IconProps extends SVGProps<SVGSVGElement> {
  readonly size?: number;
}

/**
 * An icon of lines on a grid of 24, whose shapes are written as SVG. A build makes Lucide's icons by it
 * (`scripts/icons.mjs`).
 */
export const drawIcon = (shapes: string): ComponentType<IconProps> =>
  function Icon({ size = 24, ...props }) {
    return createElement('svg', {
      xmlns: 'http://www.w3.org/2000/svg',
      width: size,
      height: size,
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      strokeWidth: 2,
      strokeLinecap: 'round',
      strokeLinejoin: 'round',
      'aria-hidden': true,
      dangerouslySetInnerHTML: { __html: shapes },
      ...props,
    });
  };
