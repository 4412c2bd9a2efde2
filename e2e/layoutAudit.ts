/** What an audit looks at. */
export interface AuditOptions {
  /** Only controls inside elements that match; the whole page if empty. */
  readonly within: string;
}

/**
 * What is wrong with the layout of the page on screen, in words; runs inside the page.
 *
 * Every control that can be seen must be reachable: brought into view by scrolling, nothing lies
 * over it and nothing cuts it off. No two controls share a place, the page doesn't scroll sideways,
 * nothing runs out of its card, and words that end in an ellipsis stand in a title as well.
 */
export function auditLayout({ within }: AuditOptions): string[] {
  const problems = new Set<string>();
  const root = document.documentElement;
  const sideways = root.scrollWidth - root.clientWidth;
  if (sideways > 0) problems.add(`the page scrolls sideways by ${String(sideways)} px`);

  const shown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.closest('[inert]') === null;

  const nameOf = (element: Element): string => {
    const label =
      element.getAttribute('aria-label') ??
      element.textContent.trim().slice(0, 40).replaceAll(/\s+/g, ' ');
    const place = element.closest('dialog, header, footer, main, aside, nav, section');
    return `${element.tagName.toLowerCase()} “${label}” in ${place?.tagName.toLowerCase() ?? 'body'}`;
  };

  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const width = (box: Box): number => box.right - box.left;
  const height = (box: Box): number => box.bottom - box.top;

  const styles = new Map<
    Element,
    Pick<CSSStyleDeclaration, 'overflowX' | 'overflowY' | 'position'>
  >();
  const styleOf = (element: Element) => {
    let style = styles.get(element);
    if (!style) {
      const { overflowX, overflowY, position } = getComputedStyle(element);
      styles.set(element, (style = { overflowX, overflowY, position }));
    }
    return style;
  };

  /** What is left of an element when all that it scrolls in has been cut off it. */
  const visiblePart = (element: Element, window_: boolean): Box => {
    let box: Box = element.getBoundingClientRect();
    for (let up = element.parentElement; up && up !== root; up = up.parentElement) {
      const { overflowX, overflowY } = styleOf(up);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const around = up.getBoundingClientRect();
      if (overflowX !== 'visible') box = { ...meet(box, around), top: box.top, bottom: box.bottom };
      if (overflowY !== 'visible') box = { ...meet(box, around), left: box.left, right: box.right };
      if (up.tagName === 'DIALOG') break;
    }
    return window_
      ? meet(box, { left: 0, top: 0, right: root.clientWidth, bottom: root.clientHeight })
      : box;
  };

  const controls = [
    ...document.querySelectorAll(
      'button, a[href], input, select, textarea, summary, [role=slider], [role=tab], [tabindex="0"]',
    ),
  ].filter((element) => {
    // Off the page until it has the focus.
    if (!shown(element) || element.matches('a[href="#main"]')) return false;
    const box = element.getBoundingClientRect();
    // One pixel: words and inputs that only screen readers are to find.
    return width(box) > 1 && height(box) > 1 && getComputedStyle(element).clipPath === 'none';
  });
  /** What stays while the page scrolls may pass over what scrolls. */
  const staying = (element: Element): Element | null => {
    for (let up: Element | null = element; up; up = up.parentElement)
      if (['sticky', 'fixed'].includes(styleOf(up).position)) return up;
    return null;
  };
  const looked = new Set(
    controls.filter((element) => within === '' || element.closest(within) !== null),
  );

  const placed = controls.map((element) => ({
    element,
    box: visiblePart(element, false),
    stays: staying(element),
  }));
  for (const [index, one] of placed.entries()) {
    if (!looked.has(one.element)) continue;
    for (const [second, other] of placed.entries()) {
      if (second === index || (looked.has(other.element) && second < index)) continue;
      if (one.stays !== other.stays) continue;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const common = meet(one.box, other.box);
      // Parts of one control may share a border, which a presentation enlarges.
      if (width(common) > 2 && height(common) > 2)
        problems.add(`${nameOf(one.element)} overlaps ${nameOf(other.element)}`);
    }
  }

  for (const element of looked) {
    const whole = element.getBoundingClientRect();
    let box = visiblePart(element, true);
    const enough = (): boolean =>
      width(box) >= Math.min(width(whole), 20) - 1 &&
      height(box) >= Math.min(height(whole), 20) - 1;
    const covered = (): Element | null => {
      for (const [x, y] of [
        [0.5, 0.5],
        [0.2, 0.5],
        [0.8, 0.5],
        [0.5, 0.2],
        [0.5, 0.8],
      ] as const) {
        const top = document.elementFromPoint(box.left + x * width(box), box.top + y * height(box));
        if (!top) return root;
        if (element.contains(top) || top.contains(element)) continue;
        if (element.id !== '' && top.closest('label')?.htmlFor === element.id) continue;
        return top;
      }
      return null;
    };
    if (!enough() || covered()) {
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      box = visiblePart(element, true);
    }
    if (!enough()) problems.add(`${nameOf(element)} is cut off: nothing scrolls it into view`);
    else {
      const top = covered();
      if (top) problems.add(`${nameOf(element)} is covered by ${nameOf(top)} (${top.className})`);
    }
  }

  for (const card of document.querySelectorAll('main section, aside section')) {
    if (!shown(card)) continue;
    const { overflowX, overflowY } = getComputedStyle(card);
    const down = card.scrollHeight - card.clientHeight;
    const across = card.scrollWidth - card.clientWidth;
    if (overflowY === 'visible' && down > 1)
      problems.add(`${nameOf(card)} runs ${String(down)} px out of its box, downwards`);
    if (overflowX === 'visible' && across > 1)
      problems.add(`${nameOf(card)} runs ${String(across)} px out of its box, sideways`);
  }

  for (const element of document.body.querySelectorAll<HTMLElement>(within ? `${within} *` : '*')) {
    const across = element.scrollWidth - element.clientWidth;
    const down = element.scrollHeight - element.clientHeight;
    // One pixel: words that only screen readers are to find.
    if ((across <= 1 && down <= 1) || element.clientWidth <= 1) continue;
    const { textOverflow, webkitLineClamp, overflowX } = getComputedStyle(element);
    const clamped = webkitLineClamp !== 'none' && down > 1;
    const cut = overflowX === 'hidden' && across > 1;
    if ((!clamped && !cut) || !shown(element) || element.closest('[title]')) continue;
    // A picture may be larger than its frame; words may not.
    if (textOverflow !== 'ellipsis' && !clamped && element.querySelector('svg, canvas')) continue;
    problems.add(`${nameOf(element)} (${element.className}) is cut off, without a title`);
  }
  return [...problems];
}
