"use client";

import { type RefObject, useLayoutEffect } from "react";

const leastPx = 320;

/**
 * Makes an element reach from where it starts to the lower edge of what is visible, above
 * a phone's keyboard and above a bar that is fixed there (`below` selects it).
 */
export function useFillHeight(element: RefObject<HTMLElement | null>, active: boolean): void {
  useLayoutEffect(() => {
    const box = element.current;
    const viewport = window.visualViewport;
    if (!box || !active) return;

    function stretch() {
      if (!box) return;
      const top = box.getBoundingClientRect().top + window.scrollY;
      const visiblePx = viewport?.height ?? window.innerHeight;
      const covered = visiblePx < window.innerHeight - 100 ? 0 : lowerBarPx(box);
      box.style.height = `${Math.max(leastPx, Math.floor(visiblePx - top - covered))}px`;
    }

    stretch();
    // What stands above may change its height without the window doing so.
    const above = new ResizeObserver(stretch);
    above.observe(document.body);
    for (const each of standingAbove(box)) above.observe(each);
    viewport?.addEventListener("resize", stretch);
    window.addEventListener("resize", stretch);
    return () => {
      above.disconnect();
      viewport?.removeEventListener("resize", stretch);
      window.removeEventListener("resize", stretch);
      box.style.height = "";
    };
  }, [element, active]);
}

/** Everything that comes before the element, on every level. */
function standingAbove(box: HTMLElement): Element[] {
  const all: Element[] = [];
  for (let at: Element | null = box; at; at = at.parentElement) {
    for (let each = at.previousElementSibling; each; each = each.previousElementSibling) {
      all.push(each);
    }
  }
  return all;
}

/** The page's padding below the content is where its fixed bar lies. */
function lowerBarPx(box: HTMLElement): number {
  let paddingPx = 0;
  for (let at = box.parentElement; at; at = at.parentElement) {
    paddingPx += Number.parseFloat(getComputedStyle(at).paddingBottom) || 0;
  }
  return paddingPx;
}
