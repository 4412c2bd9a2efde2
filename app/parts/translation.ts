/**
 * Lets the page live under a browser's page translation.
 *
 * A translator takes React's text nodes out of the page and puts `<font>` elements in their place,
 * or wraps them in such. React then fails to remove or to insert beside a node that is no longer
 * where it was ("Failed to execute 'removeChild' on 'Node'", React issue 11538), which takes the whole view
 * down, and what it writes into the lost nodes is not seen. Here the DOM's methods are told where each
 * text went, and a text that changes comes back in its own words until it is translated again.
 */

/** What stands in the place of a text that was taken out. */
const standIns = new WeakMap<Node, Element>();
/** The texts that an element stands for, in their order. */
const originals = new WeakMap<Element, Text[]>();
/** Until a translator is seen, a wrong move of ours has to fail as ever. */
let translated = false;

const isFont = (node: Node | null): node is Element => node?.nodeName === 'FONT';

/** The child of `parent` that holds `child`, or what stands for it; null where there is none. */
function placeOf(parent: Node, child: Node): Node | null {
  for (const start of [child, standIns.get(child)]) {
    let at: Node | null = start ?? null;
    while (at && at.parentNode !== parent) at = at.parentNode;
    if (at) return at;
  }
  return null;
}

/** Has a text that is put somewhere else by React leave its translation behind. */
function leaveStandIn(node: Node): void {
  standIns.get(node)?.remove();
  standIns.delete(node);
}

/** Begins to watch for a translator. Called once, before React draws anything. */
export function tolerateTranslation(): void {
  /* eslint-disable @typescript-eslint/unbound-method -- called with their `this` below */
  const { removeChild, insertBefore, appendChild } = Node.prototype;
  /* eslint-enable @typescript-eslint/unbound-method */
  Node.prototype.removeChild = function <T extends Node>(child: T): T {
    if (!translated || child.parentNode === this) return removeChild.call(this, child) as T;
    const at = placeOf(this, child);
    if (at) removeChild.call(this, at);
    return child;
  };
  Node.prototype.insertBefore = function <T extends Node>(node: T, before: Node | null): T {
    if (translated) leaveStandIn(node);
    // Libraries leave the second argument out, or pass what isn't there.
    const beside = (before as Node | null | undefined) ?? null;
    const known = !translated || beside === null || beside.parentNode === this;
    return insertBefore.call(this, node, known ? beside : placeOf(this, beside)) as T;
  };
  Node.prototype.appendChild = function <T extends Node>(node: T): T {
    if (translated) leaveStandIn(node);
    return appendChild.call(this, node) as T;
  };

  const texts = new MutationObserver((records) => {
    for (const { target } of records) {
      const font = standIns.get(target);
      if (!font?.isConnected) continue;
      font.replaceWith(...(originals.get(font) ?? []));
    }
  });
  const noteTaken = (text: Text, font: Element): void => {
    translated = true;
    standIns.set(text, font);
    originals.set(font, [...(originals.get(font) ?? []), text]);
    texts.observe(text, { characterData: true });
  };
  new MutationObserver((records) => {
    for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      const font = [...addedNodes].find(isFont) ?? [previousSibling, nextSibling].find(isFont);
      if (!font) continue;
      // A text that is inside one now was wrapped: there it is seen, and found on the way up.
      translated = true;
      for (const node of removedNodes)
        if (node instanceof Text && !node.isConnected) noteTaken(node, font);
    }
  }).observe(document, { childList: true, subtree: true });
}
